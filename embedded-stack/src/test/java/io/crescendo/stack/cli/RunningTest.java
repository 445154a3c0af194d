package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.stack.EmbeddedStackLimits;
import io.crescendo.stack.StackException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {

  private final StringWriter said = new StringWriter();
  private final List<String> closed = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch busy = new CountDownLatch(1);

  @Test
  void endsWithTheReasonWhenAPartFails() {
    Running running = running(Running.STOP_LIMIT);
    assertThatThrownBy(
            () ->
                running.run(
                    parts -> {
                      parts.keep(() -> closed.add("part"));
                      running.watch(() -> Optional.of("Task 0 has failed"));
                    }))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("Task 0 has failed")
        .hasMessageContaining("The next start goes on from what was committed");
    assertThat(closed).containsExactly("part");
  }

  @Test
  void endsTheWaitOfTheDemoWhenAPartFails() {
    assertThatThrownBy(
            () -> Demo.await(() -> false, () -> Optional.of("Task 0 has failed"), () -> {}))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("Task 0 has failed")
        .hasMessageContaining("The next start goes on from what was committed");
  }

  @Test
  void closesInOrderWhenToldToStopAndSaysNothingOfWhatFailsThereby() throws Exception {
    Running running = running(Running.STOP_LIMIT);
    CompletableFuture<Integer> code =
        command(
            running,
            parts -> {
              CountDownLatch gone = new CountDownLatch(1);
              parts.keep(() -> closed.add("broker"));
              parts.keep(gone::countDown);
              busy.countDown();
              await(gone);
              throw new StackException("The refresh failed");
            });
    busy.await();
    running.stop();
    assertThat(code.join()).isEqualTo(Running.INTERRUPTED);
    assertThat(closed).containsExactly("broker");
    assertThat(said.toString()).contains("Stopping ...").doesNotContain("failed");
  }

  @Test
  void closesWhatIsStartedYetWhenToldToStopDuringTheStart() throws Exception {
    Running running = running(Running.STOP_LIMIT);
    CountDownLatch stopping = new CountDownLatch(1);
    CompletableFuture<Integer> code =
        command(
            running,
            parts -> {
              parts.keep(() -> closed.add("broker"));
              parts.keep(stopping::countDown);
              busy.countDown();
              await(stopping);
              parts.keep(() -> closed.add("worker"));
            });
    busy.await();
    running.stop();
    assertThat(code.join()).isEqualTo(Running.INTERRUPTED);
    assertThat(closed).containsExactlyInAnyOrder("worker", "broker");
  }

  @Test
  void doesNotWaitForAPartThatDoesNotStop() throws Exception {
    Running running = running(Duration.ofMillis(1));
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<Integer> code =
        command(
            running,
            parts -> {
              parts.keep(never::await);
              busy.countDown();
              running.watch(Optional::empty);
            });
    busy.await();
    running.stop();
    assertThat(code).isNotDone();
    assertThat(said.toString()).contains("Not everything had stopped");
    never.countDown();
    code.join();
  }

  @Test
  void hasNothingToStopWhenTheCommandHasEnded() throws Exception {
    Running running = running(Running.STOP_LIMIT);
    assertThat(running.run(parts -> {})).isZero();
    running.stop();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void saysWhatFailedWithoutSteeringTheTerminal() {
    running(Running.STOP_LIMIT).say("Run 1 failed: \u001b[2Jx");
    assertThat(said.toString().strip()).isEqualTo("Run 1 failed: \\u001b[2Jx");
  }

  @Test
  void saysWhatBecameOfTheDirectoryWhereTheBrokerGivesUp(@TempDir Path dir) {
    Running running = running(Running.STOP_LIMIT);
    running.brokerGaveUp(dir);
    assertThat(said.toString())
        .contains("The Kafka broker cannot go on with its data in '%s' (".formatted(dir))
        .contains(" MB are free); its reason is in " + dir.resolve("crescendo.log"))
        .contains("The next start goes on from what was committed");
    running.brokerGaveUp(dir.resolve("none"));
    assertThat(said.toString()).contains("(which is gone)");
  }

  @Test
  void givesThePartsNoMoreTimeThanThereIs() {
    assertThat(EmbeddedStackLimits.stop()).isLessThan(Running.STOP_LIMIT);
    assertThat(Running.STOP_LIMIT).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void logsWhileItStops() throws Exception {
    Configuration log =
        ConfigurationFactory.getInstance()
            .getConfiguration(
                new LoggerContext("test"),
                "stack",
                Running.class.getResource("/log4j2-stack.xml").toURI());
    assertThat(log.isShutdownHookEnabled()).isFalse();
  }

  private Running running(Duration stopLimit) {
    return new Running(new PrintWriter(said, true), stopLimit);
  }

  private static CompletableFuture<Integer> command(Running running, Running.StartedWork work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return running.run(work);
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
