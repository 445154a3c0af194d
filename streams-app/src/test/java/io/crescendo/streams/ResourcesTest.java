package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {

  @Test
  void leaveNoThreadBehindWhereRocksDbCannotBeLoaded(@TempDir Path dir) throws Exception {
    Path said = dir.resolve("said");
    Path nowhere = dir.resolve("none");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + nowhere,
            "-cp",
            System.getProperty("java.class.path"),
            Opening.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().remove("ROCKSDB_SHAREDLIB_DIR");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(said))
        .contains("RocksDB's library must be unpacked and loaded from " + nowhere)
        .contains("the streams app was not started");
  }

  @Test
  void sayWhyALibraryIsNotLinked() {
    assertThatThrownBy(
            () ->
                new RocksDbMemory(
                    RocksDbMemory.LEAST_BYTES,
                    () -> {
                      throw new UnsatisfiedLinkError("failed to map segment");
                    }))
        .isInstanceOf(StreamsStartException.class)
        .hasMessageContaining("failed to map segment");
  }

  /** The program of a JVM that has no directory to unpack the library to. */
  static final class Opening {

    private Opening() {}

    public static void main(String[] args) {
      Resources.open(StreamsSettings.of(Map.of("http.port", "0")));
    }
  }
}
