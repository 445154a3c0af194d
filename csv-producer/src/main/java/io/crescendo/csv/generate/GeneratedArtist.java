package io.crescendo.csv.generate;

import java.util.List;

/**
 * An invented artist.
 *
 * @param growth share by which the followers grow in a day, such as 0.02
 * @param arrivals followers that come in a day whatever the growth, at least 1
 */
record GeneratedArtist(
    String id,
    String name,
    List<String> genres,
    long followers,
    int popularity,
    double growth,
    int arrivals) {

  private static final double RISING = 0.04;

  /** The artist some days later; always with other followers than before. */
  GeneratedArtist after(int days) {
    if (days == 0) {
      return this;
    }
    long grown = Math.round(followers * StrictMath.pow(1 + growth, days));
    long then = Math.max(grown, 0) + (long) arrivals * days;
    int climbed = growth >= RISING ? Math.min(100, popularity + days) : popularity;
    return new GeneratedArtist(
        id, name, genres, then == followers ? then + 1 : then, climbed, growth, arrivals);
  }
}
