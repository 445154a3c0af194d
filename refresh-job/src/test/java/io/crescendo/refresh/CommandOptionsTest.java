package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that are refused before anything starts. */
class CommandOptionsTest {

  @TempDir private Path directory;
  @AutoClose private LocalCommands commands;

  @BeforeEach
  void start() {
    commands = new LocalCommands(directory);
  }

  @Test
  void refreshNamesEverySettingThatIsWrong() {
    int exitCode =
        commands.refresh(
            "run", "--warehouse-bucket", "X", "--memory-mb", "1", "--deadline", "PT0S");

    assertThat(exitCode).isEqualTo(2);
    assertThat(commands.err())
        .contains("warehouse bucket must be")
        .contains("memory must be at least 64 MB, got 1")
        .contains("deadline must be longer than nothing");
  }

  @Test
  void refreshNamesEveryProblemOfItsPlanBesideTheOthers() {
    int exitCode =
        commands.refresh(
            "run",
            "--steps=crawl,dashboard",
            "--step-deadline=crawl=0s",
            "--retries=query=101",
            "--max-reject-share=2",
            "--on-failure-url=ftp://secret",
            "--threads=0");
    assertThat(exitCode).isEqualTo(2);
    assertThat(commands.err())
        .contains("6 problems:")
        .contains("retries of step query must be 0 to 100, got 101")
        .contains("deadline of step crawl must be longer than nothing")
        .contains("max reject share must be a share from 0 to 1, got 2.0")
        .contains("--on-failure-url must be an http or https URL with a host")
        .contains("threads must be 1 to 256")
        .doesNotContain("ftp://secret");
    commands.refresh("run", "--steps=crawl,dashboard");
    assertThat(commands.err())
        .contains("--steps must contain query before dashboard: the built-in page shows the");
    commands.refresh("run", "--steps=crwal");
    assertThat(commands.err())
        .contains("must be a step, one of [crawl, check, query, dashboard], got 'crwal'");
    commands.refresh("run", "--retries=crawl=x");
    assertThat(commands.err()).contains("must be a whole number from 0 to 999999999, got 'x'");
  }

  @Test
  void refreshNamesEverySettingOfAwsThatIsWrongBesideTheOthers() {
    int exitCode =
        commands.refresh(
            "run",
            "--services",
            "aws",
            "--threads",
            "0",
            "--glue-database",
            "A-B",
            "--quicksight-data-set",
            "x");

    assertThat(exitCode).isEqualTo(2);
    assertThat(commands.err())
        .contains("4 problems:")
        .contains("threads must be 1 to 256, got 0")
        .contains("Glue database must be")
        .contains("AWS account must be given: 12 digits")
        .contains("--glue-crawler-role must be given");
  }

  @Test
  void refreshKeepsResultsOfAthenaOutOfTheTables() {
    int exitCode =
        commands.refresh(
            "run",
            "--services",
            "aws",
            "--glue-crawler-role",
            "crawler",
            "--athena-output",
            "s3://warehouse/tables/x/");

    assertThat(exitCode).isEqualTo(2);
    assertThat(commands.err()).contains("must lie outside the tables");
  }

  @Test
  void refreshRepeatsNoAddressThatMayHoldASecret() {
    for (String address : List.of("https://hooks.example/s3cret part", "s3cret", " ")) {
      assertThat(commands.refresh("run", "--on-failure-url", address)).isEqualTo(2);
      assertThat(commands.err())
          .contains("--on-failure-url must be an http or https URL with a host")
          .doesNotContain("s3cret");
    }
    String lineFromAFile = "http://127.0.0.1:1/hook\n";
    assertThat(commands.refresh("run", "--on-failure-url", lineFromAFile)).isZero();
  }

  @Test
  void scheduleRefusesAnExpressionThatIsNone() {
    assertThat(commands.refresh("schedule", "--cron", "soon")).isEqualTo(2);
    assertThat(commands.err()).contains("--cron must be five fields").contains("got 'soon'");
  }

  @Test
  void scheduleRefusesADateThatNeverComes() {
    assertThat(commands.refresh("schedule", "--cron", "0 0 31 6 *")).isEqualTo(2);
    assertThat(commands.err()).contains("--cron must name a date that comes, got '0 0 31 6 *'");
  }

  @Test
  void refusesTimesAndZonesInWordsOfTheirOwn() {
    assertThat(commands.refresh("run", "--deadline", "soon")).isEqualTo(2);
    assertThat(commands.err())
        .contains("'--deadline'")
        .contains("must be a time such as 90s, 15m, 2h, 1d or PT1H30M, got 'soon'")
        .doesNotContain("java.");
    assertThat(commands.refresh("schedule", "--cron", "0 * * * *", "--zone", "Berlin/Europe"))
        .isEqualTo(2);
    assertThat(commands.err())
        .contains("must be a time zone such as UTC or Europe/Berlin, got 'Berlin/Europe'")
        .doesNotContain("java.");
  }

  @Test
  void historyRefusesALimitThatIsNoNumber() {
    assertThat(commands.refresh("history", "--limit", "-1")).isEqualTo(2);
    assertThat(commands.err()).contains("must be a whole number from 0 to 999999999, got '-1'");
  }

  @Test
  void queryRefusesALimitThatIsNoNumber() {
    assertThat(commands.query("SELECT 1", "--limit", "-1")).isEqualTo(2);
    assertThat(commands.err())
        .contains("'--limit'")
        .contains("must be a whole number from 0 to 999999999, got '-1'");
  }

  @Test
  void refusesEndpointsThatAreNone() {
    Shell shell = new Shell();
    for (String option :
        List.of("--s3-endpoint", "--glue-endpoint", "--athena-endpoint", "--quicksight-endpoint")) {
      for (String value : List.of("notauri", "ftp://host", "http://", "http://a b", "")) {
        assertThat(shell.execute(new QueryCommand(), "SELECT 1", option, value)).isEqualTo(2);
        assertThat(shell.err())
            .contains("'%s'".formatted(option))
            .contains("must be an http or https URI with a host, such as http://127.0.0.1:9000")
            .contains("got '%s'".formatted(value))
            .doesNotContain("java.");
      }
    }
  }

  @Test
  void refusesARegionThatIsNone() {
    assertThat(commands.query("SELECT 1", "--s3-region", " ")).isEqualTo(2);
    assertThat(commands.err()).contains("--s3-region must be a region such as us-east-1, got ' '");
  }

  @Test
  void refusesAWorkDirectoryThatCannotBeBeforeAnythingStarts() throws Exception {
    String file = Files.writeString(directory.resolve("file"), "").toString();
    for (String command : List.of("run", "compact", "page")) {
      assertThat(commands.refresh(command, "--work-dir", file)).isEqualTo(2);
      assertThat(commands.err())
          .contains("--work-dir must be a directory that can be made and written to, got '" + file)
          .contains("exists already");
    }
    assertThat(commands.query("SELECT 1", "--work-dir", file + "/below")).isEqualTo(2);
    assertThat(commands.refresh("history", "--work-dir", file)).isZero();
    assertThat(commands.out()).isEmpty();
  }

  @Test
  void tellsAWorkDirectoryBesideTheOtherProblems() throws Exception {
    String file = Files.writeString(directory.resolve("file"), "").toString();

    commands.refresh("run", "--work-dir", file, "--threads", "0");
    assertThat(commands.err()).contains("--work-dir must be", "threads must be 1 to 256, got 0");
  }

  @Test
  void pageRefusesAnAllowedHostThatIsNoName() {
    assertThat(
            commands.refresh(
                "page", "--port=0", "--allowed-host=a.example", "--allowed-host=http://b:1"))
        .isEqualTo(2);
    assertThat(commands.err())
        .contains("--allowed-host must be a name or an address without a port, got 'http://b:1'");
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    assertThat(commands.refresh("run", "--work-dri", "x")).isEqualTo(2);
    assertThat(commands.err()).contains("--work-dri").contains("--work-dir");
  }
}
