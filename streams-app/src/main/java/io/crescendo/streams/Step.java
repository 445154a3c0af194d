package io.crescendo.streams;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.Reject;

/**
 * What travels between the operators inside one task, where a stream has several kinds of outcome.
 */
sealed interface Step {

  /**
   * A valid update.
   *
   * @param update what it says
   * @param atHome whether it already lies on its artist's partition
   */
  record Valid(Update update, boolean atHome) implements Step {}

  /**
   * An enriched update on its way to {@code artists}.
   *
   * @param row the row
   */
  record Enriched(Artist row) implements Step {}

  /**
   * A change on its way to the totals of a genre.
   *
   * @param change the change
   */
  record Changed(GenreChange change) implements Step {}

  /**
   * A record on its way to {@code artist-rejects}.
   *
   * @param reject the row
   */
  record Refused(Reject reject) implements Step {}
}
