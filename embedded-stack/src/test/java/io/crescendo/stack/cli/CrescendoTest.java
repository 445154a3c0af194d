package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.DataDirectory;
import io.crescendo.stack.Endpoints;
import io.crescendo.stack.Ports;
import io.crescendo.stack.StackException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CrescendoTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpsWithEveryCommand() {
    for (CommandLine command : Crescendo.commandLine(Optional.empty()).getSubcommands().values()) {
      String name = command.getCommandName();
      if (!name.equals("help")) {
        assertThat(run(name, "--help")).as(name).isZero();
      }
    }
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("Usage: crescendo demo", "Usage: crescendo kafka");
  }

  @Test
  void listsEveryCommandWithAWholeSentence() {
    assertListsSentences(Crescendo.commandLine(Optional.empty()));
  }

  /** A list of commands has the first line of each description only. */
  private static void assertListsSentences(CommandLine command) {
    for (CommandLine listed : command.getSubcommands().values()) {
      String[] description = listed.getCommandSpec().usageMessage().description();
      if (!listed.getCommandName().equals("help")) {
        assertThat(description[0]).as(listed.getCommandName()).endsWith(".");
      }
      assertListsSentences(listed);
    }
  }

  @Test
  void saysWhichCommandsHaveMoreExitCodes() {
    List<String> more =
        Crescendo.commandLine(Optional.empty()).getSubcommands().values().stream()
            .filter(CrescendoTest::hasCodesOfItsOwn)
            .map(CommandLine::getCommandName)
            .sorted()
            .toList();
    int last = more.size() - 1;
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "\n%s and %s have more"
                .formatted(String.join(", ", more.subList(0, last)), more.get(last)));
  }

  private static boolean hasCodesOfItsOwn(CommandLine command) {
    Set<String> codes =
        command.getCommandSpec().usageMessage().exitCodeList().keySet().stream()
            .map(String::strip)
            .collect(Collectors.toSet());
    return !Set.of("0", "1", "2", "130").containsAll(codes)
        || command.getSubcommands().values().stream().anyMatch(CrescendoTest::hasCodesOfItsOwn);
  }

  @Test
  void saysWhyACommandFailedWithoutSteeringTheTerminal() {
    CommandLine line = Crescendo.commandLine(Optional.empty());
    Runnable failing =
        () -> {
          throw new StackException("Task 0 failed: \u001b[2Jx%nThis ends here.".formatted());
        };
    line.addSubcommand("fail", CommandSpec.wrapWithoutInspection(failing));
    assertThat(line.setErr(new PrintWriter(err, true)).execute("fail")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("Task 0 failed: \\u001b[2Jx", "This ends here.");
  }

  @Test
  void namesTheNearestCommandAndWhereHelpIs() {
    assertThat(run("demmo")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Unmatched argument", "demmo", "Did you mean", "demo", "./crescendo --help");
  }

  @Test
  void tellsAllThatIsWrongWithADemoBeforeAnythingStarts(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("a.csv"), "id\n");
    Path other = Files.createDirectory(dir.resolve("other"));
    Path same = Files.writeString(other.resolve("a.csv"), "id\n");
    assertThat(
            run(
                "demo",
                "--csv",
                file.toString(),
                "--csv",
                same.toString(),
                "--csv",
                "/no/such",
                "--artists",
                "0",
                "--data-dir",
                dir.resolve("data").toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("two files are named 'a.csv'")
        .contains("--csv: a.csv:")
        .contains("'/no/such' is not a file that can be read")
        .contains("--artists must be 1 or more, got 0");
    assertThat(dir.resolve("data")).doesNotExist();
  }

  @Test
  void listsTheToolsWhenKafkaHasNoneOfThatName() {
    assertThat(run("kafka", "console-prodcer")).isEqualTo(2);
    assertThat(err.toString()).contains("No Kafka tool 'console-prodcer'", "console-producer");
  }

  @Test
  void pointsCommandsOfAllModulesAtTheRunningStack() {
    CommandLine line = line(true);
    CommandSpec publish = line.getSubcommands().get("publish").getCommandSpec();
    line.parseArgs("publish", "x.csv");
    assertThat(publish.findOption("--bootstrap-server").<String>getValue())
        .isEqualTo("127.0.0.1:1");
    assertThat(publish.findOption("--s3-endpoint").getValue().toString())
        .isEqualTo("http://127.0.0.1:2");
  }

  @Test
  void pointsCommandsAtNoS3OfTheStackWhenAnotherIsMeant() {
    CommandLine line = line(false);
    CommandSpec refresh = line.getSubcommands().get("refresh").getCommandSpec();
    line.parseArgs("refresh", "--services", "aws");
    assertThat(refresh.findOption("--s3-endpoint").<Object>getValue()).isNull();
  }

  @Test
  void namesThePageOfTheStackThatRunsInTheDirectoryAlready(@TempDir Path dir) {
    try (DataDirectory running = DataDirectory.take(dir)) {
      running.announce(Endpoints.on(new Ports(1, 2, 3, 4)));
      assertThat(run("up", "--data-dir", dir.toString())).isEqualTo(2);
    }
    assertThat(err.toString())
        .contains("runs with the data directory " + dir, "http://127.0.0.1:4")
        .doesNotContain("Taken by another program");
  }

  @Test
  @EnabledOnOs(OS.LINUX) // whose /proc nobody may write, root neither
  void saysWhyADataDirectoryCannotBeMade() {
    assertThat(run("up", "--data-dir", "/proc/crescendo")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--data-dir: '/proc/crescendo' cannot be used: NoSuchFileException");
  }

  private static CommandLine line(boolean store) {
    Endpoints running = Endpoints.on(new Ports(1, 2, 3, 4));
    return Crescendo.commandLine(Optional.of(new RunningStackDefaults(running, store)));
  }

  private int run(String... arguments) {
    return Crescendo.commandLine(Optional.empty())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
