package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

  @TempDir private Path directory;
  private TestStore store;
  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    System.setProperty("aws.accessKeyId", TestStore.KEY);
    System.setProperty("aws.secretAccessKey", TestStore.SECRET);
  }

  @AfterEach
  void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    store.close();
  }

  private int execute(Object command, String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  /** The arguments with the options that every command needs here, after the subcommand. */
  private String[] here(String subcommand, String... arguments) {
    List<String> all = new ArrayList<>();
    if (!subcommand.isEmpty()) {
      all.add(subcommand);
    }
    all.addAll(List.of("--s3-endpoint", store.endpoint().toString()));
    all.addAll(List.of(arguments));
    if (!all.contains("--work-dir")) {
      all.addAll(List.of("--work-dir", directory.resolve("work").toString()));
    }
    return all.toArray(String[]::new);
  }

  @Test
  void refreshRunsOnceAndHistoryShowsIt() throws Exception {
    new TestWarehouse(5, 40).land(store, directory);

    assertThat(execute(new RefreshCommand(), here(""))).isZero();
    assertThat(out.toString()).matches("(?s)Run \\S+: .* rows in 3 tables, refreshed in .* s\\R.*");
    assertThat(execute(new RefreshCommand(), here("run"))).isZero();

    assertThat(execute(new RefreshCommand(), here("history"))).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(l -> l.matches("\\S+:\\d\\dZ  succeeded .*"));
  }

  @Test
  void refreshExitsWithTheCodeOfTheStepThatFailed() {
    store.upload("tables/artists/dt=2026-11-22/a.parquet", "not Parquet");

    assertThat(execute(new RefreshCommand(), here(""))).isEqualTo(3);
    assertThat(err.toString())
        .contains("failed in step 'crawl'")
        .contains("s3://warehouse/tables/artists/dt=2026-11-22/a.parquet");
  }

  @Test
  void refreshNamesEverySettingThatIsWrong() {
    int exitCode =
        execute(
            new RefreshCommand(),
            here("run", "--warehouse-bucket", "X", "--memory-mb", "1", "--deadline", "PT0S"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .contains("warehouse bucket must be")
        .contains("memory must be at least 64 MB, got 1")
        .contains("deadline must be longer than nothing");
  }

  @Test
  void scheduleRefusesAnExpressionThatIsNone() {
    assertThat(execute(new RefreshCommand(), here("schedule", "--cron", "soon"))).isEqualTo(2);
    assertThat(err.toString()).contains("--cron must be five fields").contains("got 'soon'");
  }

  @Test
  void scheduleRefusesADateThatNeverComes() {
    assertThat(execute(new RefreshCommand(), here("schedule", "--cron", "0 0 31 6 *")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--cron must name a date that comes, got '0 0 31 6 *'");
  }

  @Test
  void refusesTimesAndZonesInWordsOfTheirOwn() {
    assertThat(execute(new RefreshCommand(), here("run", "--deadline", "soon"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("'--deadline'")
        .contains("must be a time such as 90s, 15m, 2h, 1d or PT1H30M, got 'soon'")
        .doesNotContain("java.");
    assertThat(
            execute(
                new RefreshCommand(),
                here("schedule", "--cron", "0 * * * *", "--zone", "Berlin/Europe")))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("must be a time zone such as UTC or Europe/Berlin, got 'Berlin/Europe'")
        .doesNotContain("java.");
  }

  @Test
  void historyRefusesALimitThatIsNoNumber() {
    assertThat(execute(new RefreshCommand(), here("history", "--limit", "-1"))).isEqualTo(2);
    assertThat(err.toString()).contains("must be a whole number from 0 to 999999999, got '-1'");
  }

  @Test
  void queryRefusesALimitThatIsNoNumber() {
    assertThat(execute(new QueryCommand(), here("", "SELECT 1", "--limit", "-1"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("'--limit'")
        .contains("must be a whole number from 0 to 999999999, got '-1'");
  }

  @Test
  void refusesEndpointsThatAreNone() {
    for (String option :
        List.of("--s3-endpoint", "--glue-endpoint", "--athena-endpoint", "--quicksight-endpoint")) {
      for (String value : List.of("notauri", "ftp://host", "http://", "http://a b", "")) {
        assertThat(execute(new QueryCommand(), "SELECT 1", option, value)).isEqualTo(2);
        assertThat(err.toString())
            .contains("'%s'".formatted(option))
            .contains("must be an http or https URI with a host, such as http://127.0.0.1:9000")
            .contains("got '%s'".formatted(value))
            .doesNotContain("java.");
      }
    }
  }

  @Test
  void refusesARegionThatIsNone() {
    assertThat(execute(new QueryCommand(), here("", "SELECT 1", "--s3-region", " "))).isEqualTo(2);
    assertThat(err.toString()).contains("--s3-region must be a region such as us-east-1, got ' '");
  }

  @Test
  void refusesAWorkDirectoryThatCannotBeBeforeAnythingStarts() throws Exception {
    String file = Files.writeString(directory.resolve("file"), "").toString();
    for (String command : List.of("run", "compact", "page")) {
      assertThat(execute(new RefreshCommand(), here(command, "--work-dir", file))).isEqualTo(2);
      assertThat(err.toString())
          .contains("--work-dir must be a directory that can be made and written to, got '" + file)
          .contains("exists already");
    }
    assertThat(execute(new QueryCommand(), here("", "SELECT 1", "--work-dir", file + "/below")))
        .isEqualTo(2);
    assertThat(execute(new RefreshCommand(), here("history", "--work-dir", file))).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void tellsAWorkDirectoryBesideTheOtherProblems() throws Exception {
    String file = Files.writeString(directory.resolve("file"), "").toString();

    execute(new RefreshCommand(), here("run", "--work-dir", file, "--threads", "0"));
    assertThat(err.toString()).contains("--work-dir must be", "threads must be 1 to 256, got 0");
  }

  @Test
  void pageRefusesAnAllowedHostThatIsNoName() {
    String[] arguments =
        here("page", "--port=0", "--allowed-host=a.example", "--allowed-host=http://b:1");

    assertThat(execute(new RefreshCommand(), arguments)).isEqualTo(2);
    assertThat(err.toString())
        .contains("--allowed-host must be a name or an address without a port, got 'http://b:1'");
  }

  @Test
  void statusNamesADocumentThatIsDamaged() {
    new ResultsBucket(store.client(), "results").put(Scheduler.KEY, "{\"schedule\": \"*");

    assertThat(execute(new RefreshCommand(), here("status"))).isEqualTo(5);
    assertThat(err.toString()).contains("s3://results/schedule.json is damaged: ").hasLineCount(1);
  }

  @Test
  void historyAndStatusPassOverRecordsThatAreDamaged() {
    execute(new RefreshCommand(), here("run"));
    new ResultsBucket(store.client(), "results").put("runs/99991231T000000000Z-0.json", "{");

    assertThat(execute(new RefreshCommand(), here("history"))).isZero();
    assertThat(out.toString()).hasLineCount(1).contains("succeeded");
    assertThat(execute(new RefreshCommand(), here("status"))).isZero();
  }

  @Test
  void failuresDoNotSteerTheTerminal() {
    String sql = "SELECT CAST(chr(27) || '[2Jx' AS INTEGER) AS n";
    assertThat(execute(new QueryCommand(), here("", sql))).isEqualTo(4);
    assertThat(err.toString()).contains("\u00b7[2Jx").doesNotContain("\u001b");
    store.upload("tables/artists/dt=\u009b2J/a.parquet", "not Parquet");

    assertThat(execute(new RefreshCommand(), here("run"))).isEqualTo(3);
    assertThat(err.toString()).contains("dt=\u00b72J").doesNotContain("\u009b");
    for (String command : List.of("history", "status")) {
      assertThat(execute(new RefreshCommand(), here(command))).isZero();
      assertThat(out.toString()).contains("dt=\u00b72J").doesNotContain("\u009b");
    }
  }

  @Test
  void queryRefusesASecondStatement() {
    assertThat(execute(new QueryCommand(), here("", "SELECT 1; SELECT 2"))).isEqualTo(4);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("got a second statement 'SELECT 2'");
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    assertThat(execute(new RefreshCommand(), here("run", "--work-dri", "x"))).isEqualTo(2);
    assertThat(err.toString()).contains("--work-dri").contains("--work-dir");
  }

  @Test
  void statusTellsHowTheJobStands() throws Exception {
    assertThat(execute(new RefreshCommand(), here("status"))).isZero();
    assertThat(out.toString())
        .contains("Last run      none yet")
        .contains("Next run      none is planned")
        .contains("Lease         free")
        .contains("Newest record unknown");
    new TestWarehouse(5, 40).land(store, directory);
    execute(new RefreshCommand(), here("run"));
    execute(new RefreshCommand(), here("run", "--max-age", "1s"));

    assertThat(execute(new RefreshCommand(), here("status"))).isZero();
    assertThat(out.toString())
        .containsPattern(
            "Last run      \\S+:\\d\\dZ  checks_failed, .* rows; check: Table 'artists'")
        .containsPattern("Last success  \\S+:\\d\\dZ  succeeded, ");
    assertThat(execute(new RefreshCommand(), here("status", "--json"))).isZero();
    assertThat(Json.read(out.toString(), JobStatus.class).lastRun().exitCode()).isEqualTo(7);
  }

  @Test
  void refreshDoesTheStepsThatAreNamed() throws Exception {
    new TestWarehouse(5, 40).land(store, directory);

    assertThat(execute(new RefreshCommand(), here("run", "--steps", "query"))).isEqualTo(3);
    assertThat(err.toString()).contains("There is no catalog in s3://results/catalog/catalog.json");
    assertThat(execute(new RefreshCommand(), here("run", "--steps", "crawl"))).isZero();
    assertThat(execute(new RefreshCommand(), here("run", "--steps", "query,dashboard"))).isZero();
  }

  @Test
  void refreshNamesEveryProblemOfItsPlanBesideTheOthers() {
    int exitCode =
        execute(
            new RefreshCommand(),
            here(
                "run",
                "--steps=crawl,dashboard",
                "--step-deadline=crawl=0s",
                "--retries=query=101",
                "--max-reject-share=2",
                "--on-failure-url=ftp://secret",
                "--threads=0"));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .contains("6 problems:")
        .contains("retries of step query must be 0 to 100, got 101")
        .contains("deadline of step crawl must be longer than nothing")
        .contains("max reject share must be a share from 0 to 1, got 2.0")
        .contains("--on-failure-url must be an http or https URL with a host")
        .contains("threads must be 1 to 256")
        .doesNotContain("ftp://secret");
    execute(new RefreshCommand(), here("run", "--steps=crawl,dashboard"));
    assertThat(err.toString())
        .contains("--steps must contain query before dashboard: the built-in page shows the");
    execute(new RefreshCommand(), here("run", "--steps=crwal"));
    assertThat(err.toString())
        .contains("must be a step, one of [crawl, check, query, dashboard], got 'crwal'");
    execute(new RefreshCommand(), here("run", "--retries=crawl=x"));
    assertThat(err.toString()).contains("must be a whole number from 0 to 999999999, got 'x'");
  }

  @Test
  void refreshRepeatsNoAddressThatMayHoldASecret() {
    for (String address : List.of("https://hooks.example/s3cret part", "s3cret", " ")) {
      assertThat(execute(new RefreshCommand(), here("run", "--on-failure-url", address)))
          .isEqualTo(2);
      assertThat(err.toString())
          .contains("--on-failure-url must be an http or https URL with a host")
          .doesNotContain("s3cret");
    }
    String lineFromAFile = "http://127.0.0.1:1/hook\n";
    assertThat(execute(new RefreshCommand(), here("run", "--on-failure-url", lineFromAFile)))
        .isZero();
  }

  @Test
  void refreshTellsOfAFailure() throws Exception {
    Path notice = directory.resolve("notice");
    String command = "cat > '%s'".formatted(notice);

    execute(new RefreshCommand(), here("run", "--on-failure-command", command));
    assertThat(notice).doesNotExist();
    execute(new RefreshCommand(), here("run", "--max-age", "1s", "--on-failure-command", command));

    assertThat(Files.readString(notice)).contains("\"outcome\":\"checks_failed\"");
  }

  @Test
  void queryPrintsRows() {
    String sql = "SELECT count(*) AS artists FROM artists_latest";

    assertThat(execute(new QueryCommand(), here("", sql, "--format", "csv"))).isZero();
    assertThat(out.toString()).isEqualTo("artists\r\n0\r\n");
  }

  @Test
  void querySaysWhenThereWereMoreRows() {
    String sql = "SELECT n FROM (VALUES (1), (2)) AS t(n)";

    assertThat(execute(new QueryCommand(), here("", sql, "--limit", "1"))).isZero();
    assertThat(out.toString()).contains("(1 row)");
    assertThat(err.toString()).contains("Only the first 1 rows; --limit 0 prints all");
  }

  @Test
  void queryExplainsWhatIsWrongWithTheSql() {
    assertThat(execute(new QueryCommand(), here("", "SELECT nmae FROM artists"))).isEqualTo(4);
    assertThat(err.toString()).contains("nmae").contains("name");
  }

  @Test
  void querySaysWhenTheWarehouseCannotBeRead() {
    assertThat(
            execute(
                new QueryCommand(), here("", "SELECT 1", "--warehouse-bucket", "no-such-bucket")))
        .isEqualTo(3);
    assertThat(err.toString()).contains("s3://no-such-bucket");
  }

  /** The options of services on AWS, at a server that speaks their protocols. */
  private String[] onAws(ScriptedAws aws, String subcommand, String... arguments) {
    List<String> all = new ArrayList<>(List.of(here(subcommand, "--services", "aws")));
    for (String service : List.of("glue", "athena", "quicksight")) {
      all.addAll(List.of("--" + service + "-endpoint", aws.endpoint().toString()));
    }
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  @Test
  void refreshRunsOnAws() {
    try (ScriptedAws aws = new ScriptedAws()) {
      aws.glue.looks = 0;
      int exitCode =
          execute(
              new RefreshCommand(),
              onAws(
                  aws,
                  "run",
                  "--glue-crawler-role",
                  "crawler",
                  "--aws-account",
                  ScriptedAws.ACCOUNT,
                  "--quicksight-data-set",
                  "artists"));

      assertThat(err.toString()).isEmpty();
      assertThat(exitCode).isZero();
      assertThat(aws.calls("glue:StartCrawler")).hasSize(1);
      assertThat(aws.athena.executions()).isEqualTo(Queries.bundled().size() + 1);
      assertThat(aws.quickSight.shown()).isPresent();
    }
  }

  @Test
  void compactPointsPartitionsOnAws() throws Exception {
    try (ScriptedAws aws = new ScriptedAws()) {
      aws.glue.database = true;
      aws.glue.tables = List.of(ScriptedGlue.table("artists", "artists"));
      aws.glue.partition("artists", "artists", "2026-01-02");
      for (String name : List.of("a", "b")) {
        store.upload(
            "tables/artists/dt=2026-01-02/%s.parquet".formatted(name),
            ParquetFile.write(directory.resolve("f.parquet"), "SELECT 'x' AS id"));
      }

      assertThat(execute(new RefreshCommand(), onAws(aws, "compact"))).isZero();

      assertThat(out.toString())
          .endsWith("1 days compacted%n1 partitions point elsewhere now%n".formatted());
      assertThat(aws.calls("glue:StartCrawler")).isEmpty();
    }
  }

  @Test
  void queryAsksAthenaWithoutACrawl() {
    try (ScriptedAws aws = new ScriptedAws()) {
      String sql = "SELECT count(*) AS artists FROM artists_latest";

      assertThat(execute(new QueryCommand(), onAws(aws, "", sql, "--format", "csv"))).isZero();
      assertThat(out.toString()).isEqualTo("artists\r\n0\r\n");
      assertThat(aws.calls("glue:StartCrawler")).isEmpty();
    }
  }

  @Test
  void refreshNamesEverySettingOfAwsThatIsWrongBesideTheOthers() {
    int exitCode =
        execute(
            new RefreshCommand(),
            here(
                "run",
                "--services",
                "aws",
                "--threads",
                "0",
                "--glue-database",
                "A-B",
                "--quicksight-data-set",
                "x"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .contains("4 problems:")
        .contains("threads must be 1 to 256, got 0")
        .contains("Glue database must be")
        .contains("AWS account must be given: 12 digits")
        .contains("--glue-crawler-role must be given");
  }

  @Test
  void refreshKeepsResultsOfAthenaOutOfTheTables() {
    int exitCode =
        execute(
            new RefreshCommand(),
            here(
                "run",
                "--services",
                "aws",
                "--glue-crawler-role",
                "crawler",
                "--athena-output",
                "s3://warehouse/tables/x/"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains("must lie outside the tables");
  }
}
