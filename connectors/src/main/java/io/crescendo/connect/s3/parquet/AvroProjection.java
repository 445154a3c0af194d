package io.crescendo.connect.s3.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Rewrites values of one schema as values of another, both in single-object encoding.
 *
 * <p>Only rows of a version other than their file's come here, so Avro's own resolution is fast
 * enough, and right in every corner. Not thread-safe.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#schema-resolution">schema
 *     resolution</a>
 */
final class AvroProjection {

  private final Schema to;
  private final byte[] header;
  private final GenericDatumReader<Object> reader;
  private final GenericDatumWriter<Object> writer;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private BinaryDecoder decoder;
  private BinaryEncoder encoder;
  private Object reused;

  AvroProjection(Schema from, Schema to) {
    this.to = to;
    this.header =
        ByteBuffer.allocate(AvroRowType.HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(AvroRowTypes.MARKER)
            .putLong(SchemaNormalization.parsingFingerprint64(to))
            .array();
    this.reader = new GenericDatumReader<>(from, to);
    this.writer = new GenericDatumWriter<>(to);
  }

  /**
   * @throws BadRowException if the value has no form in the other schema
   */
  byte[] project(byte[] value) {
    try {
      int length = value.length - AvroRowType.HEADER;
      decoder = DecoderFactory.get().binaryDecoder(value, AvroRowType.HEADER, length, decoder);
      reused = reader.read(reused, decoder);
      out.reset();
      out.writeBytes(header);
      encoder = EncoderFactory.get().binaryEncoder(out, encoder);
      writer.write(reused, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException | AvroRuntimeException e) {
      throw new BadRowException(
          "",
          "must fit the version of %s that its file has (schema.compatibility): %s"
              .formatted(to.getFullName(), e.getMessage()));
    }
  }
}
