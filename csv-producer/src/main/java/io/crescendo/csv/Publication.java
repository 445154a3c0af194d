package io.crescendo.csv;

import io.crescendo.schemas.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.ExitCode;

/**
 * Publishes sources one after another, says what becomes of each. One that fails keeps no other
 * from being published, unless what has failed is Kafka or the store.
 */
final class Publication {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final CsvPublisher publisher;
  private final PublishDisplay display;
  private final PublishOptions options;
  private final Instant observedAt;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean keeping;
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private Set<String> said = new HashSet<>();

  /**
   * Publishes in one way.
   *
   * @param observedAt when the figures were true; null = as each source says
   * @param keeping whether somebody asks for {@link #outcomes}, which grow with every source
   * @param out hears of sources that were published
   * @param err hears of those that were not
   */
  Publication(
      CsvPublisher publisher,
      PublishDisplay display,
      PublishOptions options,
      Instant observedAt,
      boolean keeping,
      PrintWriter out,
      PrintWriter err) {
    this.publisher = publisher;
    this.display = display;
    this.options = options;
    this.observedAt = observedAt;
    this.keeping = keeping;
    this.out = out;
    this.err = err;
  }

  /**
   * What has become of the sources so far, in the order in which they were tried first; none
   * without keeping.
   */
  Collection<Outcome> outcomes() {
    return outcomes.values();
  }

  /** Publishes all of them and returns the exit code. */
  int publish(List<Source> sources) {
    int exitCode = ExitCode.OK;
    for (int i = 0; i < sources.size(); i++) {
      Failure failure = publish(sources.get(i)).failure();
      if (failure != null) {
        err.println(failure.message());
        exitCode = Failure.gravest(exitCode, failure.exitCode());
        if (failure.mayPass()) {
          leaveOut(sources.subList(i + 1, sources.size()));
          break;
        }
      }
    }
    err.flush();
    return exitCode;
  }

  /** Publishes what appears, until the program is told to end. */
  void watch(SourceArguments sources, List<String> arguments, Duration interval, Runnable after) {
    Set<String> troubles = new HashSet<>();
    Watch files =
        new Watch(
            () -> {
              SourceArguments.Found found = sources.resolveSoFar(arguments);
              troubles.addAll(found.problems());
              return found.sources();
            });
    Duration pause = interval;
    while (!Thread.currentThread().isInterrupted()) {
      troubles.clear();
      List<Source> ready = files.look();
      boolean failed = false;
      for (Source source : ready) {
        Failure failure = publish(source).failure();
        if (failure != null) {
          troubles.add(failure.message());
          sayNew(troubles);
        }
        if (failure != null && failure.mayPass()) {
          failed = true;
        } else {
          files.done(source);
        }
      }
      sayNew(troubles);
      said = new HashSet<>(troubles);
      if (!ready.isEmpty()) {
        after.run();
      }
      pause = failed ? shorter(pause.multipliedBy(2), LONGEST_PAUSE) : interval;
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private Outcome publish(Source source) {
    Outcome outcome;
    display.begin(source);
    try {
      PublishReport report =
          publisher.publish(
              observedAt == null ? source : source.withObservedAt(observedAt), options);
      out.println(display.end(report));
      out.flush();
      outcome = Outcome.of(report);
    } catch (UnusableSourceException e) {
      outcome = Outcome.failed(source, Failure.of(e), 0);
    } catch (TooManyRejectsException e) {
      outcome = Outcome.failed(source, Failure.of(e), e.committed());
    } catch (PublishException e) {
      outcome = Outcome.failed(source, Failure.of(e), e.committed());
    } finally {
      display.close();
    }
    keep(source, outcome);
    return outcome;
  }

  private void leaveOut(List<Source> sources) {
    List<String> names = new ArrayList<>();
    Failure failure = new Failure("not tried, because another source failed", Failure.SERVICE);
    for (Source source : sources) {
      names.add(Terminal.harmless(source.name()));
      keep(source, Outcome.failed(source, failure, 0));
    }
    if (!names.isEmpty()) {
      err.println("not tried: " + String.join(", ", names));
    }
  }

  private void keep(Source source, Outcome outcome) {
    if (keeping) {
      outcomes.put(source.stamp(), outcome);
    }
  }

  /** Says each trouble once, not at every look. */
  private void sayNew(Set<String> troubles) {
    for (String trouble : troubles) {
      if (said.add(trouble)) {
        err.println(Terminal.harmless(trouble));
      }
    }
    err.flush();
  }

  private static Duration shorter(Duration one, Duration another) {
    return one.compareTo(another) < 0 ? one : another;
  }
}
