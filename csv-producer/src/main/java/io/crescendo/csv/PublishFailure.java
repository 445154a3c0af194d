package io.crescendo.csv;

import java.io.IOException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Says what has kept a source from being published to its end.
 *
 * @param committed rows of it that readers see
 * @param again whether it was to be published from its first row, whatever was published before
 * @param stopped whether somebody wanted the run to end
 */
record PublishFailure(Source source, long committed, boolean again, boolean stopped) {

  PublishException of(Exception cause) {
    String rest;
    String problem;
    if (stopped) {
      problem = "was stopped";
      rest = source.repeatable() ? goOn() : "";
    } else if (isTakenOver(cause)) {
      problem =
          "another run took it over, or this one stood still for longer than transaction.timeout.ms";
      rest = "";
    } else if (cause instanceof ChangedException) {
      problem = cause.getMessage();
      rest = ": it is another file now, and is published as a whole when the command is run again";
    } else if (cause instanceof IOException) {
      problem = "cannot be read to its end (%s)".formatted(text(cause));
      rest = "";
    } else {
      problem = text(cause);
      rest =
          source.repeatable() ? goOn() : ", and %s cannot be read again".formatted(source.name());
    }
    return new PublishException(
        "%s: %s; %s rows were published, the rest was not%s"
            .formatted(source.name(), problem, committed, rest),
        cause instanceof IOException && !stopped,
        committed,
        cause);
  }

  private String goOn() {
    if (!again) {
      return ": run it again, it goes on behind them";
    }
    // without the option, a file that was finished before it was to be published again stays so
    return committed == 0
        ? ": run it again"
        : ": run it again without --again, it goes on behind them";
  }

  private static String text(Exception cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /**
   * Between commits the producer hears of it by another name, or finds it in an earlier failure.
   */
  private static boolean isTakenOver(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }
}
