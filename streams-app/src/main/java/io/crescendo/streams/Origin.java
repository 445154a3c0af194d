package io.crescendo.streams;

/**
 * Where in {@code artist-updates} a record lay.
 *
 * @param partition partition of the topic
 * @param offset offset in the partition
 * @param timestamp record timestamp, milliseconds since the epoch
 */
record Origin(int partition, long offset, long timestamp) {

  /** The place as messages name it, such as {@code artist-updates[2]@118}. */
  String place(String topic) {
    return topic + "[" + partition + "]@" + offset;
  }
}
