package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Keeps {@code docs/streams-app.md} and {@code ARCHITECTURE.md} as the code is. */
class DocumentationTest {

  private final String page = page("docs", "streams-app.md");

  @Test
  void showsTheTopologyThatTheCommandPrints() {
    StringWriter out = new StringWriter();
    new CommandLine(new StreamsCommand(Map.of()))
        .setOut(new PrintWriter(out))
        .execute("--topology");
    assertThat(page("ARCHITECTURE.md"))
        .as("replace the diagram by the output of: crescendo streams --topology")
        .contains("```mermaid\n" + out + "```\n");
  }

  @ParameterizedTest
  @EnumSource
  void listsEverySetting(Setting setting) {
    String value = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
    assertThat(page).contains("| `%s` | %s | %s |".formatted(setting.key(), value, setting.doc()));
  }

  @ParameterizedTest
  @EnumSource
  void listsEveryTier(FollowerTier tier) {
    assertThat(page).contains("| `%s` | %,d |".formatted(tier.label(), tier.from()));
  }

  @ParameterizedTest
  @EnumSource
  void listsEveryReason(Reason reason) {
    assertThat(page).contains("`" + reason.code() + "`");
  }

  private static String page(String first, String... more) {
    try {
      return Files.readString(Path.of("..").resolve(Path.of(first, more)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
