package io.crescendo.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFilesTest {

  @TempDir private Path directory;

  @Test
  void refusesFilesThatAreNoSegments() throws IOException {
    Files.createFile(directory.resolve("CURRENT"));
    assertThatThrownBy(() -> new SegmentFiles(directory).open(() -> {}))
        .hasMessageStartingWith(directory.resolve("CURRENT") + " is no segment of a log; ");
  }

  @Test
  void triesAgainToDeleteWhatItCouldNot() throws IOException {
    SegmentFiles files = new SegmentFiles(directory);
    Path undeletable = Files.createDirectory(files.file(1));
    Path inTheWay = Files.createFile(undeletable.resolve("file"));
    files.leave(1);
    files.deleteBefore(2);
    assertThat(undeletable).exists();
    Files.delete(inTheWay);
    files.deleteBefore(2);
    assertThat(undeletable).doesNotExist();
  }
}
