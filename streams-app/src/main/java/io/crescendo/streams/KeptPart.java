package io.crescendo.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;

/**
 * What was told last of one genre by one partition of artists, as it is stored.
 *
 * @param version of the artists' states when it was told
 * @param total of the artists
 * @param timestamp of the newest update in it, milliseconds since the epoch
 */
record KeptPart(long version, GenreTotal total, long timestamp) {

  private static final byte END_OF_GENRE = 0;

  /**
   * Whose part it is. Stored as the genre in UTF-8, {@code 00}, and the partition in four bytes,
   * big-endian.
   */
  record Key(String genre, int from) {

    Bytes bytes() {
      byte[] name = genre.getBytes(StandardCharsets.UTF_8);
      return Bytes.wrap(
          ByteBuffer.allocate(name.length + 1 + Integer.BYTES)
              .put(name)
              .put(END_OF_GENRE)
              .putInt(from)
              .array());
    }

    static Key of(Bytes key) {
      byte[] bytes = key.get();
      int length = bytes.length - 1 - Integer.BYTES;
      return new Key(
          new String(bytes, 0, length, StandardCharsets.UTF_8),
          ByteBuffer.wrap(bytes).getInt(length + 1));
    }
  }

  static Serde<KeptPart> serde() {
    return new BinarySerde<>("genre part", 1, KeptPart::write, KeptPart::read);
  }

  private static void write(ByteWriter out, KeptPart part) {
    out.writeLong(part.version);
    part.total.write(out);
    out.writeLong(part.timestamp);
  }

  private static KeptPart read(ByteReader in) {
    return new KeptPart(in.readLong(), GenreTotal.read(in), in.readLong());
  }
}
