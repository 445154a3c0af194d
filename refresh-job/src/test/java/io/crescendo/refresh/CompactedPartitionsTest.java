package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactedPartitionsTest {

  private static final String SMALL = "s3://warehouse/tables/artists/dt=2026-11-20/";
  private static final String LARGE =
      "s3://warehouse/tables-compacted/artists/dt=2026-11-20/%010d-%s/";

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();
  private TestStore store;
  private ResultsBucket warehouse;
  private ScriptedAws aws;
  private Crawler crawler;
  private int landed;

  @BeforeEach
  void start() throws Exception {
    store = new TestStore(directory);
    warehouse = new ResultsBucket(store.client(), "warehouse");
    aws = new ScriptedAws();
    aws.glue.looks = 0;
    aws.glue.landed = List.of(ScriptedGlue.table("artists", "artists"));
    for (String day : List.of("2026-11-19", "2026-11-20", "2026-11-21")) {
      aws.glue.partition("artists", "artists", day);
    }
    land();
    land();
    crawler =
        AwsServices.ofRun(aws.settings("a"), store.client(), store.settings(), clock).crawler();
  }

  @AfterEach
  void stop() {
    crawler.close();
    aws.close();
    store.close();
  }

  private String land() throws Exception {
    String key = "tables/artists/dt=2026-11-20/artists+0+%010d.zstd.parquet".formatted(landed++);
    store.upload(
        key,
        ParquetFile.write(directory.resolve("f.parquet"), "SELECT 'a%d' AS id".formatted(landed)));
    return key;
  }

  private Attempt attempt(String run) {
    return new Attempt(run, Deadline.in(Duration.ofMinutes(5), clock));
  }

  private void compact(String run) {
    new Compactor(store.client(), store.settings(), 1 << 20, clock)
        .compact(LocalDate.of(2026, 11, 22), attempt(run), line -> {});
  }

  private void crawl() {
    crawler.crawl(attempt("run-of-crawl"));
  }

  private String location(String day) {
    return aws.glue.partitions.get("artists").get(day).at("/StorageDescriptor/Location").asText();
  }

  private String location() {
    return location("2026-11-20");
  }

  @Test
  void pointsACompactedDayAtItsLargeObjectsAndNothingElse() {
    crawl();
    assertThat(location()).isEqualTo(SMALL);
    compact("run-1");

    crawl();
    crawl();

    assertThat(location()).isEqualTo(LARGE.formatted(1, "run-1"));
    assertThat(location("2026-11-19")).endsWith("/tables/artists/dt=2026-11-19/");
    assertThat(aws.calls("glue:UpdatePartition")).hasSize(1);
    assertThat(warehouse.keys(location().substring("s3://warehouse/".length()), "")).hasSize(1);
    assertThat(aws.glue.partitions.get("artists").get("2026-11-20"))
        .isEqualTo(
            Json.read(
                aws.glue
                    .partitions
                    .get("artists")
                    .get("2026-11-19")
                    .toString()
                    .replace("2026-11-19", "2026-11-20")
                    .replace(SMALL, location()),
                JsonNode.class));
  }

  @Test
  void pointsBackWhenALateObjectLandsUntilItIsCompactedToo() throws Exception {
    compact("run-1");
    crawl();
    land();

    crawl();
    assertThat(location()).isEqualTo(SMALL);

    compact("run-2");
    crawl();
    assertThat(location()).isEqualTo(LARGE.formatted(2, "run-2"));
  }

  @Test
  void pointsBackWhenASmallObjectWasOverwritten() throws Exception {
    compact("run-1");
    crawl();
    landed = 0;
    store.upload(land(), ParquetFile.write(directory.resolve("f.parquet"), "SELECT 'n' AS id"));

    crawl();

    assertThat(location()).isEqualTo(SMALL);
  }

  @Test
  void pointsBackWhenTheLargeObjectsAreGone() {
    compact("run-1");
    crawl();
    warehouse.delete(warehouse.keys("tables-compacted/", ""));

    crawl();

    assertThat(location()).isEqualTo(SMALL);
  }

  @Test
  void staysWithTheLargeObjectsWhereSmallOnesAreGone() {
    compact("run-1");
    warehouse.delete(warehouse.keys("tables/", ""));

    crawl();

    assertThat(location()).isEqualTo(LARGE.formatted(1, "run-1"));
  }

  @Test
  void pointsAtNothingThatACompactionLeftWithoutItsManifest() {
    compact("run-1");
    warehouse.delete(List.of("tables-compacted/artists/dt=2026-11-20/manifest-0000000001.json"));

    crawl();

    assertThat(location()).isEqualTo(SMALL);
  }

  @Test
  void staysWhereItPointsWhileANewerCompactionIsNotDone() throws Exception {
    compact("run-1");
    crawl();
    store.upload(
        "tables-compacted/artists/dt=2026-11-20/0000000002-run-2/0.parquet", "half of the day");

    crawl();

    assertThat(location()).isEqualTo(LARGE.formatted(1, "run-1"));
  }

  @Test
  void pointsAgainAfterACrawlThatSetThePlaceBack() {
    compact("run-1");
    crawl();
    ((ObjectNode) aws.glue.partitions.get("artists").get("2026-11-20").get("StorageDescriptor"))
        .put("Location", SMALL);

    crawl();

    assertThat(location()).isEqualTo(LARGE.formatted(1, "run-1"));
  }

  @Test
  void leavesPlacesThatSomebodyElseChose() {
    compact("run-1");
    ((ObjectNode) aws.glue.partitions.get("artists").get("2026-11-19").get("StorageDescriptor"))
        .put("Location", "s3://elsewhere/x");

    crawl();

    assertThat(location("2026-11-19")).isEqualTo("s3://elsewhere/x");
  }

  @Test
  void passesOverAPartitionThatIsGoneMeanwhile() {
    compact("run-1");
    aws.refuse("glue:UpdatePartition", 1, 400, "EntityNotFoundException", "no such partition");

    crawl();
    assertThat(location()).isEqualTo(SMALL);

    crawl();
    assertThat(location()).isEqualTo(LARGE.formatted(1, "run-1"));
  }

  @Test
  void saysWhatGlueRefused() {
    compact("run-1");
    aws.refuse("glue:UpdatePartition", 1, 400, "AccessDeniedException", "not authorized");

    assertThatThrownBy(this::crawl)
        .isInstanceOf(RefreshException.class)
        .hasMessageStartingWith(
            "Partitions of Glue database 'crescendo' could not be pointed at compacted objects: ")
        .hasMessageContaining("AccessDeniedException: not authorized")
        .hasMessageEndingWith("stay as they are; no query was run");
  }
}
