package io.crescendo.connect.s3.parquet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Nodes for Avro types that are one Parquet value. */
final class AvroPrimitives {

  static final AvroNode BOOLEAN =
      new AvroNode() {
        @Override
        void skip(AvroCursor in) {
          in.readBoolean();
        }

        @Override
        void write(AvroCursor in, RecordConsumer out) {
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
        void write(AvroCursor in, RecordConsumer out) {
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
        void write(AvroCursor in, RecordConsumer out) {
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
        void write(AvroCursor in, RecordConsumer out) {
          out.addBinary(in.readBinary());
        }
      };

  static final AvroNode STRING =
      new AvroNode() {
        @Override
        void skip(AvroCursor in) {
          in.skipText();
        }

        @Override
        void write(AvroCursor in, RecordConsumer out) {
          out.addBinary(in.readBinary());
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
    final void skip(AvroCursor in) {
      in.readInt();
    }

    @Override
    final void write(AvroCursor in, RecordConsumer out) {
      out.addInteger(in.readInt());
    }

    @Override
    Object read(AvroCursor in) {
      return in.readInt();
    }
  }

  /** An integer of 64 bits. */
  static class LongNode extends AvroNode {
    @Override
    final void skip(AvroCursor in) {
      in.readLong();
    }

    @Override
    final void write(AvroCursor in, RecordConsumer out) {
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
      void write(AvroCursor in, RecordConsumer out) {
        out.addBinary(in.readBinary(size));
      }
    };
  }

  static AvroNode enumeration(List<String> symbols) {
    Binary[] values =
        symbols.stream()
            .map(s -> Binary.fromConstantByteArray(s.getBytes(StandardCharsets.UTF_8)))
            .toArray(Binary[]::new);
    return new AvroNode() {
      @Override
      void skip(AvroCursor in) {
        int index = in.readInt();
        if (index < 0 || index >= values.length) {
          throw new BadRowException(
              "", "must be one of %d symbols, got number %d".formatted(values.length, index));
        }
      }

      @Override
      void write(AvroCursor in, RecordConsumer out) {
        out.addBinary(values[in.readInt()]);
      }

      @Override
      Object read(AvroCursor in) {
        return symbols.get(in.readInt());
      }
    };
  }
}
