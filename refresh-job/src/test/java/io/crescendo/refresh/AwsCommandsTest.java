package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with the services of AWS, at a server that speaks their protocols. */
class AwsCommandsTest {

  @TempDir private Path directory;
  @AutoClose private LocalCommands commands;

  @BeforeEach
  void start() {
    commands = new LocalCommands(directory);
  }

  @Test
  void refreshRunsOnAws() {
    try (ScriptedAws aws = new ScriptedAws()) {
      aws.glue.looks = 0;
      int exitCode =
          commands.refresh(
              onAws(
                  aws,
                  "run",
                  "--glue-crawler-role",
                  "crawler",
                  "--aws-account",
                  ScriptedAws.ACCOUNT,
                  "--quicksight-data-set",
                  "artists"));

      assertThat(commands.err()).isEmpty();
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
        commands
            .store()
            .upload(
                "tables/artists/dt=2026-01-02/%s.parquet".formatted(name),
                ParquetFile.write(directory.resolve("f.parquet"), "SELECT 'x' AS id"));
      }

      assertThat(commands.refresh(onAws(aws, "compact"))).isZero();

      assertThat(commands.out())
          .endsWith("1 days compacted%n1 partitions point elsewhere now%n".formatted());
      assertThat(aws.calls("glue:StartCrawler")).isEmpty();
    }
  }

  @Test
  void queryAsksAthenaWithoutACrawl() {
    try (ScriptedAws aws = new ScriptedAws()) {
      String sql = "SELECT count(*) AS artists FROM artists_latest";

      assertThat(commands.query(onAws(aws, sql, "--format", "csv"))).isZero();
      assertThat(commands.out()).isEqualTo("artists\r\n0\r\n");
      assertThat(aws.calls("glue:StartCrawler")).isEmpty();
    }
  }

  /** Arguments, and after them the options that choose the services. */
  private static String[] onAws(ScriptedAws aws, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--services", "aws"));
    for (String service : List.of("glue", "athena", "quicksight")) {
      all.addAll(List.of("--" + service + "-endpoint", aws.endpoint().toString()));
    }
    return all.toArray(String[]::new);
  }
}
