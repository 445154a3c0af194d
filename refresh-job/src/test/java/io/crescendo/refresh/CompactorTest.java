package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class CompactorTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final String DAY = "tables-compacted/artists/dt=2026-11-21/";

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();
  private final List<String> said = new ArrayList<>();
  private TestStore store;
  private ResultsBucket warehouse;
  private int landed;

  @BeforeEach
  void start() throws Exception {
    store = new TestStore(directory);
    warehouse = new ResultsBucket(store.client(), "warehouse");
    for (int i = 0; i < 4; i++) {
      land("2026-11-21");
    }
    land("2026-11-22");
    land("2026-11-22");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private String land(String day) throws Exception {
    int number = landed++;
    String key = "tables/artists/dt=%s/artists+0+%010d.zstd.parquet".formatted(day, number);
    store.upload(
        key,
        ParquetFile.write(
            directory.resolve("file.parquet"),
            ("SELECT 'a%1$d' AS id, 'it''s' AS name, ['pop', 'rap'] AS genres,"
                    + " CAST(%1$d AS bigint) AS followers,"
                    + " CAST(TIMESTAMPTZ '2026-11-21T10:00:00.123Z' AS TIMESTAMPTZ) AS observed_at,"
                    + " CAST(1 AS bigint) AS update_number, false AS late, false AS deleted")
                .formatted(number)));
    return key;
  }

  /** Key of the one object that a compaction writes for the closed day. */
  private static String object(int number, String run) {
    return DAY + "%010d-%s/0.parquet".formatted(number, run);
  }

  private Attempt attempt(String run) {
    return new Attempt(run, Deadline.in(Duration.ofMinutes(5), clock));
  }

  private int compact(String run) {
    return new Compactor(store.client(), store.settings(), 1 << 20, clock)
        .compact(TODAY, attempt(run), said::add);
  }

  private QueryResult ask(String sql) {
    try (WarehouseQueries queries = new WarehouseQueries(store.client(), store.settings())) {
      return queries.query(sql, 0);
    }
  }

  private List<String> files() {
    return new FooterCrawler(store.client(), store.settings(), clock)
        .crawl(attempt("look")).tables().get(0).files().stream()
            .map(Catalog.DataFile::key)
            .toList();
  }

  private static final String ALL =
      "SELECT id, name, genres, followers, observed_at, late, dt FROM artists ORDER BY id";

  @Test
  void readsTheSameRowsFromFewerObjects() {
    QueryResult before = ask(ALL);

    assertThat(compact("run-1")).isEqualTo(1);

    assertThat(files()).hasSize(3).contains(object(1, "run-1"));
    assertThat(ask(ALL)).isEqualTo(before);
    assertThat(said).containsExactly(DAY + ": 4 objects, now read from 1");
  }

  private void landOther(Path file) {
    for (String place : List.of("dt=2026-11-21/a", "dt=2026-11-21/b", "dt=2026-11-22/c")) {
      store.upload("tables/another/%s.parquet".formatted(place), file);
    }
  }

  @Test
  void leavesATableReadableWhoseTypesAreWrittenFiner() throws Exception {
    landOther(
        ParquetFile.write(
            directory.resolve("file.parquet"),
            "SELECT {'all': [TIMESTAMP_MS '2026-11-21 10:00:00.123']} AS times"));
    String sql = "SELECT epoch_ms(times.all[1]) AS ms, dt FROM another ORDER BY dt";
    QueryResult before = ask(sql);

    assertThat(compact("run-1")).isEqualTo(2);

    assertThat(ask(sql)).isEqualTo(before);
  }

  @Test
  void leavesOutAColumnThatADayHasNoValueOf() throws Exception {
    landOther(ParquetFile.write(directory.resolve("file.parquet"), "SELECT 1 AS n, NULL AS day"));
    store.upload(
        "tables/another/dt=2026-11-22/d.parquet",
        ParquetFile.write(
            directory.resolve("file.parquet"), "SELECT 2 AS n, DATE '2026-11-22' AS day"));
    String sql = "SELECT n, day, dt FROM another ORDER BY n, dt";
    QueryResult before = ask(sql);
    assertThat(before.columns().get(1).type()).isEqualTo("date");

    assertThat(compact("run-1")).isEqualTo(2);

    assertThat(ask(sql)).isEqualTo(before);
  }

  /** One column of type FLOAT16, which DuckDB reads and would write as another. */
  private static final String HALF =
      "UEFSMRUAFQQVBBXwubPrDRwVAhUAFQgVCAAAADwZEQIZGAIAPBkYAgA8FQIZFgA5FgAAGRwWCBUyFgAAABUC"
          + "GSxIAW0VAgAVDhUEFQAYAWNs/AAAABYCGRwZHCYAHBUOGSUACBkYAWMVABYCFjIWMiYIPBgCADwYAgA8FgAo"
          + "AgA8GAIAPDYAABkcFQAVABUCADwAABZmFRQWOhUsABYyFgImCBYyFAAAKEpwYXJxdWV0LW1yIHZlcnNpb24g"
          + "MS4xOC4xIChidWlsZCA3YzIyY2RiYTY3OTJmYTI5YzViZGE3NGJmMWY4NjZhMDhkNzU3MmE5KRkcLAAAAL0A"
          + "AABQQVIx";

  @Test
  void writesNothingThatDoesNotFitBesideTheSmallObjects() throws Exception {
    landOther(Files.write(directory.resolve("file.parquet"), Base64.getDecoder().decode(HALF)));

    assertThatThrownBy(() -> compact("run-1"))
        .isInstanceOf(RefreshException.class)
        .hasMessageStartingWith("1 days were compacted, and 1 could not be; the first: ")
        .hasMessageContaining("Table 'another': column 'c' is varbinary in 'the small objects' and")
        .hasMessageEndingWith("nothing was compacted");

    assertThat(warehouse.keys("tables-compacted/another/", "")).isEmpty();
    assertThat(said).contains(DAY + ": 4 objects, now read from 1");
    assertThat(ask("SELECT count(*) AS n FROM another").value(0, "n")).isEqualTo(3L);
  }

  @Test
  void leavesTheSmallObjectsAndTodayAlone() {
    List<String> before = warehouse.keys("tables/", "");

    compact("run-1");

    assertThat(warehouse.keys("tables/", "")).isEqualTo(before);
    assertThat(warehouse.keys("tables-compacted/", ""))
        .containsExactly(object(1, "run-1"), DAY + "manifest-0000000001.json");
  }

  @Test
  void doesNothingTheSecondTime() {
    compact("run-1");

    assertThat(compact("run-2")).isZero();
  }

  @Test
  void takesWhatLandsLaterOnADayThatIsCompacted() throws Exception {
    compact("run-1");
    land("2026-11-21");
    QueryResult before = ask(ALL);
    assertThat(before.rows()).hasSize(7);

    assertThat(compact("run-2")).isEqualTo(1);

    assertThat(files()).hasSize(3).contains(object(2, "run-2"));
    assertThat(ask(ALL)).isEqualTo(before);
    assertThat(compact("run-3")).isZero();
  }

  @Test
  void takesRowsOfSmallObjectsThatAreGoneFromTheLargeOnes() throws Exception {
    compact("run-1");
    warehouse.delete(List.of("tables/artists/dt=2026-11-21/artists+0+0000000002.zstd.parquet"));
    land("2026-11-21");
    QueryResult before = ask(ALL);

    assertThat(compact("run-2")).isEqualTo(1);

    assertThat(ask(ALL)).isEqualTo(before);
    assertThat(before.rows()).hasSize(7);
  }

  @Test
  void countsNoRowTwiceOnceAnOverwrittenObjectIsGone() throws Exception {
    String key = "tables/artists/dt=2026-11-21/artists+0+0000000000.zstd.parquet";
    compact("run-1");
    store.upload(
        key,
        ParquetFile.write(
            directory.resolve("file.parquet"),
            "SELECT 'new' AS id, CAST(1 AS bigint) AS followers"));
    assertThat(compact("run-2")).isEqualTo(1);
    warehouse.delete(List.of(key));

    assertThat(ask("SELECT id FROM artists ORDER BY id").rows())
        .containsExactly(
            List.of("a1"),
            List.of("a2"),
            List.of("a3"),
            List.of("a4"),
            List.of("a5"),
            List.of("new"));
  }

  @Test
  void removesObjectsThatNoManifestCanComeToName() {
    compact("run-1");
    String lost = object(1, "run-0");
    String goingOn = object(2, "run-9");
    store.upload(lost, "left by a compaction that was slower, and died");
    store.upload(goingOn, "its manifest may come");

    compact("run-2");

    assertThat(warehouse.keys(DAY, ""))
        .containsExactly(object(1, "run-1"), goingOn, DAY + "manifest-0000000001.json");
  }

  @Test
  void countsNothingTwiceAfterACrashBeforeTheManifest() {
    compact("run-1");
    warehouse.delete(List.of(DAY + "manifest-0000000001.json"));

    assertThat(ask(ALL).rows()).hasSize(6);
    assertThat(files()).hasSize(6);
    assertThat(compact("run-2")).isEqualTo(1);
    assertThat(ask(ALL).rows()).hasSize(6);
  }

  /** Lets another compaction run from start to end once this one has written its first object. */
  private final class Interrupting extends Clock {

    private boolean done;

    @Override
    public Instant instant() {
      if (!done && warehouse.keys(DAY, "").contains(object(1, "run-1"))) {
        done = true;
        compact("run-2");
      }
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void givesWayToACompactionThatWasFaster() {
    Attempt slow = new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), new Interrupting()));

    int days =
        new Compactor(store.client(), store.settings(), 3000, clock)
            .compact(TODAY, slow, said::add);

    assertThat(days).isZero();
    assertThat(said).last().isEqualTo(DAY + ": another compaction was faster; left alone");
    assertThat(warehouse.keys("tables-compacted/", ""))
        .containsExactly(object(1, "run-2"), DAY + "manifest-0000000001.json");
    assertThat(ask(ALL).rows()).hasSize(6);
  }

  /** The store, where the answer to each new manifest is lost and the request sent again. */
  private S3Client losingAnswers() {
    return (S3Client)
        Proxy.newProxyInstance(
            S3Client.class.getClassLoader(),
            new Class<?>[] {S3Client.class},
            (proxy, method, arguments) -> {
              try {
                if (arguments[0] instanceof PutObjectRequest put && put.key().endsWith(".json")) {
                  method.invoke(store.client(), arguments);
                }
                return method.invoke(store.client(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void keepsItsObjectsWhereTheAnswerToItsManifestWasLost() {
    int days =
        new Compactor(losingAnswers(), store.settings(), 1 << 20, clock)
            .compact(TODAY, attempt("run-1"), said::add);

    assertThat(days).isEqualTo(1);
    assertThat(files()).hasSize(3).contains(object(1, "run-1"));
    assertThat(ask(ALL).rows()).hasSize(6);
  }

  @Test
  void asksNoVoidCompactionForRowsThatAnotherHolds() {
    compact("run-1");
    warehouse.delete(List.of(object(1, "run-1")));
    compact("run-2");
    warehouse.delete(List.of("tables/artists/dt=2026-11-21/artists+0+0000000002.zstd.parquet"));

    assertThat(files()).hasSize(3).contains(object(2, "run-2"));
  }

  @Test
  void leavesNothingOnTheDisk() throws Exception {
    Path work = store.settings().workDirectory();
    Path killed = Files.createDirectories(work.resolve("compact-killed/objects")).getParent();
    Path running = Files.createDirectories(work.resolve("compact-running"));
    Files.setLastModifiedTime(killed, FileTime.from(clock.instant().minus(Duration.ofHours(25))));

    compact("run-1");

    assertThat(work).isDirectoryContaining(running::equals);
    Files.delete(running);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void leavesTheCatalogToRunsThatHoldTheLease() {
    compact("run-1");

    assertThat(new ResultsBucket(store.client(), "results").keys("", "")).isEmpty();
  }

  @Test
  void goesBackToSmallObjectsThatWereOverwritten() throws Exception {
    compact("run-1");
    landed = 0;
    String key = land("2026-11-21");
    store.upload(
        key,
        ParquetFile.write(
            directory.resolve("file.parquet"),
            "SELECT 'new' AS id, CAST(1 AS bigint) AS followers"));

    assertThat(files()).hasSize(6);
    assertThat(ask("SELECT id FROM artists WHERE id = 'new'").rows()).hasSize(1);
    assertThat(ask("SELECT id FROM artists").rows()).hasSize(6);
  }

  @Test
  void refusesToLoseRowsThatAreInNeither() {
    compact("run-1");
    warehouse.delete(
        List.of(
            object(1, "run-1"), "tables/artists/dt=2026-11-21/artists+0+0000000002.zstd.parquet"));

    assertThatThrownBy(this::files)
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining("Compaction 'run-1' no longer holds")
        .hasMessageContaining("artists+0+0000000002.zstd.parquet' is gone");
  }

  @Test
  void writesSeveralObjectsWhereOneWouldBeTooLarge() {
    int days =
        new Compactor(store.client(), store.settings(), 3000, clock)
            .compact(TODAY, attempt("run-1"), said::add);

    assertThat(days).isEqualTo(1);
    assertThat(warehouse.keys(DAY + "0000000001-run-1/", "").size()).isBetween(2, 4);
    assertThat(ask(ALL).rows()).hasSize(6);
  }
}
