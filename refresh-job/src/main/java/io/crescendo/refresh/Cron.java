package io.crescendo.refresh;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/** Times at which to refresh: a cron expression of five fields, in a time zone. */
final class Cron {

  private final ExecutionTime times;
  private final ZoneId zone;
  private final boolean fixedHours;

  private Cron(ExecutionTime times, ZoneId zone, boolean fixedHours) {
    this.times = times;
    this.zone = zone;
    this.fixedHours = fixedHours;
  }

  /**
   * Reads an expression.
   *
   * @throws ConfigurationException if it is none, or names no date that ever comes
   */
  static Cron parse(String expression, ZoneId zone) {
    try {
      CronParser parser =
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
      com.cronutils.model.Cron parsed = parser.parse(expression);
      String hours = parsed.retrieve(CronFieldName.HOUR).getExpression().asString();
      Cron cron = new Cron(ExecutionTime.forCron(parsed), zone, !hours.startsWith("*"));
      if (cron.after(Instant.EPOCH).isEmpty()) {
        throw new ConfigurationException(
            List.of("--cron must name a date that comes, got '%s'".formatted(expression)));
      }
      return cron;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(
              "--cron must be five fields (minute hour day month weekday), got '%s': %s"
                  .formatted(expression, e.getMessage())));
    }
  }

  /**
   * The first time after {@code now}; nothing where the calendar ends. As with cron itself, a time
   * that the zone skips counts at the moment when the clocks go forward, and one that comes twice
   * counts the first time, but not where the hours begin with '*': the next such time is near.
   */
  Optional<Instant> after(Instant now) {
    Optional<ZonedDateTime> next = times.nextExecution(now.atZone(zone));
    while (fixedHours && next.filter(Cron::isSecond).isPresent()) {
      next = times.nextExecution(next.get());
    }
    Optional<Instant> found = next.map(ZonedDateTime::toInstant);
    return fixedHours ? found.map(n -> skipped(now, n).orElse(n)) : found;
  }

  /** Whether the clocks have gone back and show what they showed before. */
  private static boolean isSecond(ZonedDateTime time) {
    return !time.withEarlierOffsetAtOverlap().getOffset().equals(time.getOffset());
  }

  /** When the clocks first go forward over one of the times, which the library leaves out. */
  private Optional<Instant> skipped(Instant after, Instant before) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(after);
    while (change != null && change.getInstant().isBefore(before)) {
      if (change.isGap() && isIn(change)) {
        return Optional.of(change.getInstant());
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return Optional.empty();
  }

  private boolean isIn(ZoneOffsetTransition gap) {
    // in UTC, which skips nothing
    return times
        .nextExecution(gap.getDateTimeBefore().minusSeconds(1).atZone(ZoneOffset.UTC))
        .filter(time -> time.toLocalDateTime().isBefore(gap.getDateTimeAfter()))
        .isPresent();
  }
}
