package io.crescendo.streams;

import java.util.Locale;

/** How instances of the app share the partitions. */
public enum GroupProtocol {
  /** The consumer group protocol that every broker knows. */
  CLASSIC,
  /** Assignment by the broker (KIP-1071), for brokers from 4.2 on. */
  STREAMS;

  String property() {
    return name().toLowerCase(Locale.ROOT);
  }
}
