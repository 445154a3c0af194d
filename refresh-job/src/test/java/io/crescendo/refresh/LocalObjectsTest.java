package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectsTest {

  private static final int ROUNDS = 2_000;

  @TempDir private Path directory;

  private LocalObjects in(Duration hence) {
    Clock clock = Clock.offset(Clock.systemUTC(), hence);
    return new LocalObjects(null, "warehouse", directory, clock);
  }

  @Test
  void removesWhatHasBeenUnusedForAWhileAndNothingElse() throws Exception {
    Path copy = Files.writeString(Files.createDirectory(directory.resolve("t")).resolve("a"), "a");

    in(Duration.ofMinutes(50)).removeUnused(List.of());
    assertThat(copy).exists();

    in(Duration.ofMinutes(70)).removeUnused(List.of());
    assertThat(copy).doesNotExist();
  }

  @Test
  void passesOverWhatAnotherProgramRenamesMeanwhile() {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                renameAndRemove();
              }
            });
    LocalObjects objects = in(Duration.ZERO);
    try {
      assertThatCode(
              () -> {
                for (int i = 0; i < ROUNDS; i++) {
                  objects.removeUnused(List.of());
                }
              })
          .doesNotThrowAnyException();
    } finally {
      done.set(true);
      other.join();
    }
  }

  private void renameAndRemove() {
    try {
      Path part = Files.createTempFile(directory, "fetch-", ".part");
      Path table = Files.createDirectories(directory.resolve("table"));
      Path copy = Files.move(part, table.resolve(part.getFileName()));
      Files.delete(copy);
      Files.delete(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
