package io.crescendo.connect.s3.parquet;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Nodes for Avro types that are one Parquet value. */
final class AvroPrimitives {

  static final AvroNode BOOLEAN =
      new AvroNode() {
        @Override
        void skip(AvroCursor in) {
          in.readBoolean();
        }

        @Override
        void write(AvroCursor in, ColumnChunks out) {
          out.addBoolean(in.readBoolean());
        }

        @Override
        Object read(AvroCursor in) {
          return in.readBoolean();
        }
      };

  static final AvroNode INT = new IntNode();

  static final AvroNode LONG = new LongNode();

  static final AvroNode FLOAT =
      new AvroNode() {
        @Override
        void skip(AvroCursor in) {
          in.readFloat();
        }

        @Override
        void write(AvroCursor in, ColumnChunks out) {
          out.addFloat(in.readFloat());
        }

        @Override
        Object read(AvroCursor in) {
          return in.readFloat();
        }
      };

  static final AvroNode DOUBLE =
      new AvroNode() {
        @Override
        void skip(AvroCursor in) {
          in.readDouble();
        }

        @Override
        void write(AvroCursor in, ColumnChunks out) {
          out.addDouble(in.readDouble());
        }

        @Override
        Object read(AvroCursor in) {
          return in.readDouble();
        }
      };

  static final AvroNode BYTES =
      new AvroNode() {
        @Override
        void skip(AvroCursor in) {
          in.skipBytes();
        }

        @Override
        void write(AvroCursor in, ColumnChunks out) {
          in.copyBytes(out);
        }
      };

  static final AvroNode STRING =
      new AvroNode() {
        @Override
        void skip(AvroCursor in) {
          in.skipText();
        }

        @Override
        void write(AvroCursor in, ColumnChunks out) {
          in.copyBytes(out);
        }

        @Override
        Object read(AvroCursor in) {
          return in.readString();
        }
      };

  private AvroPrimitives() {}

  /** An integer of 32 bits. */
  static class IntNode extends AvroNode {
    @Override
    void skip(AvroCursor in) {
      in.readInt();
    }

    @Override
    final void write(AvroCursor in, ColumnChunks out) {
      out.addInt(in.readInt());
    }

    @Override
    Object read(AvroCursor in) {
      return in.readInt();
    }
  }

  /** An integer of 64 bits. */
  static class LongNode extends AvroNode {
    @Override
    void skip(AvroCursor in) {
      in.readLong();
    }

    @Override
    final void write(AvroCursor in, ColumnChunks out) {
      out.addLong(in.readLong());
    }

    @Override
    Object read(AvroCursor in) {
      return in.readLong();
    }
  }

  static AvroNode fixed(int size) {
    return new AvroNode() {
      @Override
      void skip(AvroCursor in) {
        in.skip(size);
      }

      @Override
      void write(AvroCursor in, ColumnChunks out) {
        in.copyBytes(size, out);
      }
    };
  }

  static AvroNode enumeration(List<String> symbols) {
    byte[][] values =
        symbols.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    return new AvroNode() {
      @Override
      void skip(AvroCursor in) {
        int index = in.readInt();
        if (index < 0 || index >= values.length) {
          throw new BadRowException(
              "", "must be one of %s symbols, got number %s".formatted(values.length, index));
        }
      }

      @Override
      void write(AvroCursor in, ColumnChunks out) {
        byte[] value = values[in.readInt()];
        out.addBytes(value, 0, value.length);
      }

      @Override
      Object read(AvroCursor in) {
        return symbols.get(in.readInt());
      }
    };
  }
}
