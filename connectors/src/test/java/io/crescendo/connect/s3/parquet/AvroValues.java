package io.crescendo.connect.s3.parquet;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/** Values of records, in Avro's single-object encoding. */
final class AvroValues {

  private AvroValues() {}

  static byte[] artist(List<String> genres, Integer popularity, String source) {
    Instant observed = Instant.ofEpochMilli(1_700_000_000_000L);
    return AvroSerde.of(Artist.class)
        .serializer()
        .serialize(
            "artists",
            Artist.newBuilder()
                .setId("a1")
                .setName("Ed Sheeran")
                .setGenres(genres)
                .setFollowers(115_998_928L)
                .setPopularity(popularity)
                .setFollowerTier("superstar")
                .setFirstSeenAt(observed)
                .setObservedAt(observed)
                .setIngestedAt(observed)
                .setUpdateNumber(1)
                .setLate(false)
                .setDeleted(false)
                .setSource(source)
                .build());
  }

  static byte[] of(GenericRecord row) {
    try {
      ByteBuffer encoded =
          new BinaryMessageEncoder<GenericRecord>(GenericData.get(), row.getSchema()).encode(row);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A header that names the schema, and what a test puts behind it. */
  static byte[] of(Schema schema, byte... body) {
    return ByteBuffer.allocate(AvroRowType.HEADER + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 1)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .put(body)
        .array();
  }
}
