package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalSourceTest {

  @TempDir private Path dir;

  @Test
  void opensOnlyTheFileThatItDescribes() throws IOException {
    Path file = Files.writeString(dir.resolve("a.csv"), "id\n");
    Source source = Source.file(file);
    source.open().close();
    Files.writeString(file, "more\n", StandardOpenOption.APPEND);
    assertThatThrownBy(source::open).hasMessage("changed while it was read");
  }

  @Test
  void noticesThatAFileWasChangedOrTakenAwayWhileItWasRead() throws IOException {
    Path file = Files.writeString(dir.resolve("a.csv"), "id\n");
    Source source = Source.file(file).withObservedAt(Instant.EPOCH);
    assertThatCode(source::requireUnchanged).doesNotThrowAnyException();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThatThrownBy(source::requireUnchanged).isInstanceOf(ChangedException.class);
    Files.delete(file);
    assertThatThrownBy(source::requireUnchanged).isInstanceOf(ChangedException.class);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void refusesAPipeBecauseItCannotBeReadTwice() {
    assertThatThrownBy(() -> Source.file(Path.of("/dev/null")))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "/dev/null: is a pipe or a device; give it as standard input, with - for the source;"
                + " nothing was published");
  }

  @Test
  void isHarmlessInMessagesWhateverItIsCalled() {
    assertThatThrownBy(() -> Source.file(dir.resolve("a\u001B[2J.csv")))
        .hasMessageContaining("a\\u001b[2J.csv: no such file");
  }

  @Test
  void isNamedAsItStandsInWhatIsPublishedAndHarmlesslyInMessages() throws IOException {
    Path file =
        Files.writeString(dir.resolve("a\u001B[2J.csv"), "id,name,genres,followers\na1,Ada,[],x\n");
    try (ArtistFileReader rows = ArtistFileReader.open(Source.file(file))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.where()).isEqualTo("a\u001B[2J.csv:2");
      assertThat(rows.rejection().message()).startsWith("a\\u001b[2J.csv:2: column 'followers'");
    }
  }
}
