package io.crescendo.refresh;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** Times at which to refresh: a cron expression of five fields, in a time zone. */
final class Cron {

  private final ExecutionTime times;
  private final ZoneId zone;

  private Cron(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
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
      Cron cron = new Cron(ExecutionTime.forCron(parser.parse(expression)), zone);
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

  /** The first time after {@code now}; nothing where the calendar ends. */
  Optional<Instant> after(Instant now) {
    return times.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
  }
}
