package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.refresh.RefreshCommand;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** What a container of the refresh job's image may take, against what it is told to use. */
public final class RefreshMemory {

  /** Classes, compiled code, threads, and what DuckDB does not count. */
  private static final int REST = 128;

  private RefreshMemory() {}

  /**
   * Heap, query engine and the rest fit into a limit.
   *
   * @param limit megabytes of the container
   * @param arguments its command line
   */
  public static void assertFits(int limit, List<String> arguments) throws IOException {
    Matcher share =
        Pattern.compile("-XX:MaxRAMPercentage=(\\d+)")
            .matcher(Dockerfile.read().stage("refresh-job"));
    assertThat(share.find()).isTrue();
    int heap = limit * Integer.parseInt(share.group(1)) / 100;
    int engine =
        new CommandLine(new RefreshCommand())
            .parseArgs(arguments.toArray(String[]::new))
            .subcommand()
            .commandSpec()
            .findOption("--memory-mb")
            .<Integer>getValue();
    assertThat(heap + engine + REST).as("%s", arguments).isLessThanOrEqualTo(limit);
  }
}
