package io.crescendo.streams;

import java.util.Locale;

/**
 * Bands of follower counts, as {@code follower_tier} states them in lower case.
 *
 * <p>Every band above {@link #EMERGING} starts at a power of ten, so that a tier reads off the
 * number of digits.
 */
public enum FollowerTier {
  /** 0 followers. */
  NONE(0),
  /** 1 to 999. */
  EMERGING(1),
  /** 1,000 to 9,999. */
  DEVELOPING(1_000),
  /** 10,000 to 99,999. */
  ESTABLISHED(10_000),
  /** 100,000 to 999,999. */
  MAJOR(100_000),
  /** 1,000,000 to 9,999,999. */
  STAR(1_000_000),
  /** 10,000,000 and more. */
  SUPERSTAR(10_000_000);

  private static final FollowerTier[] DESCENDING = {
    SUPERSTAR, STAR, MAJOR, ESTABLISHED, DEVELOPING, EMERGING
  };

  private final long from;
  private final String label;

  FollowerTier(long from) {
    this.from = from;
    this.label = name().toLowerCase(Locale.ROOT);
  }

  /** Fewest followers of the tier. */
  public long from() {
    return from;
  }

  /** Name on the wire, such as {@code superstar}. */
  public String label() {
    return label;
  }

  /**
   * The tier of a follower count.
   *
   * @param followers 0 or more
   */
  public static FollowerTier of(long followers) {
    for (FollowerTier tier : DESCENDING) {
      if (followers >= tier.from) {
        return tier;
      }
    }
    return NONE;
  }
}
