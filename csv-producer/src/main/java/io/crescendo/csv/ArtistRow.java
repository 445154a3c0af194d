package io.crescendo.csv;

import java.time.Instant;
import java.util.List;

/**
 * An artist as a row states it, with every rule kept.
 *
 * @param id 1 to {@value RowRules#MAX_ID} characters, no space around them
 * @param name not blank, as in the file
 * @param genres as in the file, maybe empty
 * @param followers 0 or more
 * @param popularity 0 to 100, or null where the row states none
 * @param observedAt when that was true, or null where the row states nothing else than the file
 */
record ArtistRow(
    String id,
    String name,
    List<String> genres,
    long followers,
    Integer popularity,
    Instant observedAt) {

  ArtistRow(String id, String name, List<String> genres, long followers, Integer popularity) {
    this(id, name, genres, followers, popularity, null);
  }
}
