package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * What the artists of one partition give, all in all, to some genres of one partition: the form in
 * which artists' changes travel to genres. It says how things are and not how they changed, so it
 * may be told again, and whoever has the newest of each genre and partition has the totals.
 *
 * @param from partition of the artists
 * @param to partition of the genres
 * @param version of the artists' states, see {@link GenreIndex#version}
 * @param all whether this is the last of some records that tell everything which {@code from} gives
 *     to {@code to}: what was told in an earlier version, and not in this one, is no longer so
 * @param parts the genres
 */
record GenreParts(int from, int to, long version, boolean all, List<Part> parts) {

  /**
   * What the artists of the partition give to one genre.
   *
   * @param total of them; of no artist where none carries the genre any more
   * @param timestamp newest record timestamp among the updates that changed it since it was told
   *     before, milliseconds since the epoch
   */
  record Part(String genre, GenreTotal total, long timestamp) {}

  /** By which people find it; its place does not depend on it. */
  byte[] key() {
    return Integer.toString(from).getBytes(StandardCharsets.UTF_8);
  }

  /** Places each on the partition that it is for. */
  static StreamPartitioner<byte[], GenreParts> partitioner() {
    return (topic, key, parts, partitions) -> Optional.of(Set.of(parts.to()));
  }

  static Serde<GenreParts> serde() {
    return new BinarySerde<>("genre parts", 1, GenreParts::write, GenreParts::read);
  }

  private static void write(ByteWriter out, GenreParts parts) {
    out.writeLong(parts.from);
    out.writeLong(parts.to);
    out.writeLong(parts.version);
    out.writeByte(parts.all ? 1 : 0);
    out.writeLong(parts.parts.size());
    for (Part part : parts.parts) {
      out.writeString(part.genre);
      part.total.write(out);
      out.writeLong(part.timestamp);
    }
  }

  private static GenreParts read(ByteReader in) {
    int from = (int) in.readLong();
    int to = (int) in.readLong();
    long version = in.readLong();
    boolean all = in.readByte() != 0;
    long count = in.readLong();
    List<Part> parts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      parts.add(new Part(in.readString(), GenreTotal.read(in), in.readLong()));
    }
    return new GenreParts(from, to, version, all, parts);
  }
}
