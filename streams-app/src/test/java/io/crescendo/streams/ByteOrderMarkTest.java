package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Files that an editor of Windows wrote. */
class ByteOrderMarkTest {

  private static final String MARK = "\ufeff";

  @TempDir private Path dir;

  @Test
  void isNoPartOfTheFirstFamily() throws IOException {
    GenreFamilies families = GenreFamilies.shippedWith(file("polka party: polka\n"));
    assertThat(families.of("bavarian polka")).isEqualTo("polka party");
  }

  @Test
  void isNoPartOfTheFirstSetting() throws IOException {
    assertThat(new SettingSources().file(file("threads=2\n")).settings().threads()).isEqualTo(2);
  }

  @Test
  void isNoPartOfTheFirstReject() throws IOException {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new RejectsCommand())
            .setOut(new PrintWriter(out))
            .execute(
                "replay",
                "--dry-run",
                "--bootstrap-server=127.0.0.1:1",
                "--file",
                file("{\"key\":\"a\",\"value\":null}\n").toString());
    assertThat(code).isZero();
    assertThat(out.toString()).startsWith("Would send 1 reject to artist-updates");
  }

  @Test
  void isKeptWhereItIsNotTheFirst() throws IOException {
    Path none = Files.writeString(dir.resolve("none"), "a" + MARK);
    try (var reader = Utf8.reader(none)) {
      assertThat(reader.readLine()).isEqualTo("a" + MARK);
    }
    Path empty = Files.writeString(dir.resolve("empty"), "");
    try (var reader = Utf8.reader(empty)) {
      assertThat(reader.readLine()).isNull();
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("file"), MARK + text);
  }
}
