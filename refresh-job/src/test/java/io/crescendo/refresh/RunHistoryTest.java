package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

class RunHistoryTest {

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private TestStore store;
  private MeddledStore noting;
  private RunHistory history;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    noting = new MeddledStore(store.client(), request -> {});
    history = new RunHistory(new ResultsBucket(noting, "results"), clock);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private String run(Outcome outcome) {
    RunLog log = new RunLog("test", clock);
    history.write(outcome == Outcome.SUCCEEDED ? log.end() : log.end(outcome, "crawl", "because"));
    clock.advance(java.time.Duration.ofMinutes(1));
    return log.run();
  }

  private List<String> latest() {
    return history.latest(10).stream().map(RunRecord::run).toList();
  }

  private long reads() {
    return noting.requests.stream().filter(r -> r instanceof GetObjectRequest).count();
  }

  @Test
  void readsEachRecordOnce() {
    String first = run(Outcome.SUCCEEDED);
    String second = run(Outcome.CRAWL_FAILED);
    assertThat(latest()).containsExactly(second, first);

    assertThat(latest()).containsExactly(second, first);
    assertThat(history.lastSuccess().orElseThrow().run()).isEqualTo(first);
    assertThat(reads()).isEqualTo(2);

    String third = run(Outcome.SUCCEEDED);
    assertThat(latest()).containsExactly(third, second, first);
    assertThat(reads()).isEqualTo(3);
  }

  @Test
  void leavesOutRecordsThatAreDamaged() {
    String first = run(Outcome.SUCCEEDED);
    ResultsBucket results = new ResultsBucket(store.client(), "results");
    results.put("runs/%s.json".formatted(RunHistory.newId(clock.instant())), "{\"run\":");
    results.put("runs/%s.json".formatted(RunHistory.newId(clock.instant())), "{\"run\":\"r\"}");

    assertThat(latest()).containsExactly(first);
    assertThat(history.lastSuccess().orElseThrow().run()).isEqualTo(first);
  }
}
