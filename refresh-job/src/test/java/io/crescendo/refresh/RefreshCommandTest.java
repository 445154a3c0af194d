package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code refresh} does and tells: a run, its history, and how the job stands. */
class RefreshCommandTest {

  @TempDir private Path directory;
  @AutoClose private LocalCommands commands;

  @BeforeEach
  void start() {
    commands = new LocalCommands(directory);
  }

  @Test
  void refreshRunsOnceAndHistoryShowsIt() throws Exception {
    new TestWarehouse(5, 40).land(commands.store(), directory);

    assertThat(commands.refresh()).isZero();
    assertThat(commands.out()).matches("(?s)Run \\S+: .* rows in 3 tables, refreshed in .* s\\R.*");
    assertThat(commands.refresh("run")).isZero();

    assertThat(commands.refresh("history")).isZero();
    assertThat(commands.out().lines())
        .hasSize(2)
        .allMatch(l -> l.matches("\\S+:\\d\\dZ  succeeded .*"));
  }

  @Test
  void refreshExitsWithTheCodeOfTheStepThatFailed() {
    commands.store().upload("tables/artists/dt=2026-11-22/a.parquet", "not Parquet");

    assertThat(commands.refresh()).isEqualTo(3);
    assertThat(commands.err())
        .contains("failed in step 'crawl'")
        .contains("s3://warehouse/tables/artists/dt=2026-11-22/a.parquet");
  }

  @Test
  void statusNamesADocumentThatIsDamaged() {
    new ResultsBucket(commands.store().client(), "results").put(NextRun.KEY, "{\"schedule\": \"*");

    assertThat(commands.refresh("status")).isEqualTo(5);
    assertThat(commands.err()).contains("s3://results/schedule.json is damaged: ").hasLineCount(1);
  }

  @Test
  void historyAndStatusPassOverRecordsThatAreDamaged() {
    commands.refresh("run");
    new ResultsBucket(commands.store().client(), "results")
        .put("runs/99991231T000000000Z-0.json", "{");

    assertThat(commands.refresh("history")).isZero();
    assertThat(commands.out()).hasLineCount(1).contains("succeeded");
    assertThat(commands.refresh("status")).isZero();
  }

  @Test
  void failuresDoNotSteerTheTerminal() {
    String sql = "SELECT CAST(chr(27) || '[2Jx' AS INTEGER) AS n";
    assertThat(commands.query(sql)).isEqualTo(4);
    assertThat(commands.err()).contains("\u00b7[2Jx").doesNotContain("\u001b");
    commands.store().upload("tables/artists/dt=\u009b2J/a.parquet", "not Parquet");

    assertThat(commands.refresh("run")).isEqualTo(3);
    assertThat(commands.err()).contains("dt=\u00b72J").doesNotContain("\u009b");
    for (String command : List.of("history", "status")) {
      assertThat(commands.refresh(command)).isZero();
      assertThat(commands.out()).contains("dt=\u00b72J").doesNotContain("\u009b");
    }
  }

  @Test
  void statusTellsHowTheJobStands() throws Exception {
    assertThat(commands.refresh("status")).isZero();
    assertThat(commands.out())
        .contains("Last run      none yet")
        .contains("Next run      none is planned")
        .contains("Lease         free")
        .contains("Newest record unknown");
    new TestWarehouse(5, 40).land(commands.store(), directory);
    commands.refresh("run");
    commands.refresh("run", "--max-age", "1s");

    assertThat(commands.refresh("status")).isZero();
    assertThat(commands.out())
        .containsPattern(
            "Last run      \\S+:\\d\\dZ  checks_failed, .* rows; check: Table 'artists'")
        .containsPattern("Last success  \\S+:\\d\\dZ  succeeded, ");
    assertThat(commands.refresh("status", "--json")).isZero();
    assertThat(Json.read(commands.out(), JobStatus.class).lastRun().exitCode()).isEqualTo(7);
  }

  @Test
  void refreshDoesTheStepsThatAreNamed() throws Exception {
    new TestWarehouse(5, 40).land(commands.store(), directory);

    assertThat(commands.refresh("run", "--steps", "query")).isEqualTo(3);
    assertThat(commands.err()).contains("There is no catalog in s3://results/catalog/catalog.json");
    assertThat(commands.refresh("run", "--steps", "crawl")).isZero();
    assertThat(commands.refresh("run", "--steps", "query,dashboard")).isZero();
  }

  @Test
  void refreshTellsOfAFailure() throws Exception {
    Path notice = directory.resolve("notice");
    String command = "cat > '%s'".formatted(notice);

    commands.refresh("run", "--on-failure-command", command);
    assertThat(notice).doesNotExist();
    commands.refresh("run", "--max-age", "1s", "--on-failure-command", command);

    assertThat(Files.readString(notice)).contains("\"outcome\":\"checks_failed\"");
  }
}
