package io.crescendo.streams;

import static io.crescendo.schemas.UpdateFields.OBSERVED_AT;

import io.crescendo.schemas.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * How far an observation may lie ahead of the clock. One from the far future, made by a wrong clock
 * or a slip of the finger, would be the artist's newest until then, and everything true would be
 * late.
 *
 * @param limit what clocks may differ by
 */
record ObservedAhead(Duration limit) {

  /** The broken rule; null where an update is not too far ahead of the time now. */
  Problem problem(Update update, long now) {
    if (update.observedAt() - limit.toMillis() <= now) {
      return null;
    }
    String observed = Instant.ofEpochMilli(update.observedAt()).toString();
    String field =
        update.observedAtStated()
            ? "field '%s'".formatted(OBSERVED_AT)
            : "the record's timestamp, which stands in for '%s',".formatted(OBSERVED_AT);
    String text =
        "%s must be at most %s (%s) ahead of the clock, which shows %s, got '%s'"
            .formatted(
                field, limit, Setting.OBSERVED_AHEAD.key(), Instant.ofEpochMilli(now), observed);
    return new Problem(Reason.OUT_OF_RANGE, OBSERVED_AT, observed, text);
  }
}
