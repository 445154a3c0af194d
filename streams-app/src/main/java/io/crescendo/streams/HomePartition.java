package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;

/**
 * Tells whether a record already lies where its artist's state is.
 *
 * <p>An artist's home is the partition that Kafka's default partitioner gives its id: positive
 * murmur2 of the UTF-8 bytes, modulo the number of partitions. A record keyed by its id that lies
 * there needs no repartitioning; one without a key, or placed by another hash (librdkafka uses
 * CRC32), does.
 *
 * @param partitions partitions of {@code artist-updates}
 */
record HomePartition(int partitions) {

  int of(byte[] id) {
    return Utils.toPositive(Utils.murmur2(id)) % partitions;
  }

  /**
   * Whether a record needs no repartitioning.
   *
   * @param key key as received, or null
   * @param id the artist that the record is about
   * @param partition where it lies
   */
  boolean holds(byte[] key, String id, int partition) {
    return key != null
        && partition < partitions
        && of(key) == partition
        && Arrays.equals(key, id.getBytes(StandardCharsets.UTF_8));
  }
}
