package io.crescendo.streams.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedLogTest {

  private static final int SEGMENT = 256;

  @TempDir private Path task;
  private Path directory;
  private KeyedLog log;

  /** How often the log that was opened last said that it may have lost what was flushed. */
  private int losses;

  @BeforeEach
  void make() throws IOException {
    directory = Files.createDirectories(task.resolve("log/store"));
    open();
  }

  private void open() {
    losses = 0;
    log = KeyedLog.open(directory, SEGMENT, KeyHash::of, () -> losses++);
  }

  private void put(String key, String value) {
    log.put(key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
  }

  private String get(String key) {
    byte[] value = log.get(key.getBytes(UTF_8));
    return value == null ? null : new String(value, UTF_8);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }

  /** Keys "k0", … with the value "v0", …; a segment takes ten to thirteen of them. */
  private void putMany(int count) {
    for (int i = 0; i < count; i++) {
      put("k" + i, "v" + i);
    }
  }

  private void expectMany(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(get("k" + i)).isEqualTo("v" + i);
    }
  }

  @Test
  void keepsEmptyKeysAndValues() {
    put("", "");
    put("a", "");
    log.close();
    open();
    assertThat(get("")).isEmpty();
    assertThat(get("a")).isEmpty();
    assertThat(get("b")).isNull();
  }

  @Test
  void keepsValuesOfSomeMegabytes() {
    log.close();
    log = KeyedLog.open(directory, Location.MAX_SEGMENT_BYTES, KeyHash::of, () -> {});
    byte[] large = new byte[9 << 20];
    new Random(1).nextBytes(large);
    put("before", "1");
    log.put("large".getBytes(UTF_8), large);
    put("behind", "2");
    for (int opened = 0; opened < 2; opened++) {
      assertThat(log.get("large".getBytes(UTF_8))).isEqualTo(large);
      assertThat(get("before")).isEqualTo("1");
      assertThat(get("behind")).isEqualTo("2");
      log.close();
      log = KeyedLog.open(directory, Location.MAX_SEGMENT_BYTES, KeyHash::of, () -> {});
    }
  }

  @Test
  void makesAFileOfAHeaderWhenItIsFlushedEmpty() throws IOException {
    log.flush();
    log.close();
    assertThat(segments())
        .singleElement()
        .satisfies(file -> assertThat(file).hasSize(SegmentHeader.BYTES));
    open();
    assertThat(log.size()).isZero();
    putMany(15);
    log.close();
    open();
    expectMany(15);
  }

  @Test
  void makesOneFileOfManyFlushesAndRestarts() throws IOException {
    for (int i = 0; i < 8; i++) {
      put("k" + i, "v" + i);
      log.flush();
      if (i % 3 == 0) {
        log.close();
        open();
      }
    }
    assertThat(segments()).hasSize(1);
    expectMany(8);
  }

  @Test
  void keepsFilesOfAboutTwiceWhatLives() throws IOException {
    for (int round = 0; round < 100; round++) {
      putMany(100);
    }
    assertThat(segments()).hasSizeBetween(10, 24);
    expectMany(100);
  }

  @Test
  void writesNothingForTheDeletionOfAnUnknownKey() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      put("k" + i, null);
    }
    log.close();
    assertThat(segments().get(0)).hasSize(SegmentHeader.BYTES);
  }

  @Test
  void dropsATornRecordAtTheEnd() throws IOException {
    putMany(5);
    log.flush();
    long whole = Files.size(segments().get(0));
    put("torn", "value");
    log.close();
    truncate(segments().get(0), Files.size(segments().get(0)) - 1);
    open();
    assertThat(get("torn")).isNull();
    expectMany(5);
    assertThat(segments().get(0)).hasSize(whole);
  }

  @Test
  void saysThatALogWhichBeginsMayBeOneThatIsGone() {
    assertThat(losses).isEqualTo(1);
  }

  @Test
  void losesNothingInRestarts() throws IOException {
    for (int i = 0; i < 40; i++) {
      put("k" + i, "v" + i);
      log.close();
      open();
      assertThat(losses).isZero();
    }
    assertThat(segments()).hasSizeGreaterThan(2);
  }

  @Test
  void saysThatItLostTheNewestSegment() throws IOException {
    putMany(25);
    log.close();
    Files.delete(newest());
    open();
    assertThat(losses).isEqualTo(1);
  }

  @Test
  void saysThatItLostWholeRecordsAtTheEnd() throws IOException {
    putMany(5);
    log.flush();
    long whole = Files.size(newest());
    put("more", "value");
    log.close();
    truncate(newest(), whole);
    open();
    assertThat(losses).isEqualTo(1);
    put("other", "value");
    log.close();
    open();
    assertThat(losses).isZero();
    assertThat(get("more")).isNull();
    assertThat(get("other")).isEqualTo("value");
  }

  @Test
  void losesNothingWhereItIsNotKnownThroughWhereItWasFlushed() throws IOException {
    putMany(25);
    log.close();
    Path end = directory.resolve(FlushedEnd.NAME);
    for (byte[] unreadable : new byte[][] {{}, new byte[16], {1, 2, 3}, new byte[17]}) {
      Files.write(end, unreadable);
      open();
      assertThat(losses).isZero();
      log.close();
      assertThat(end).hasSize(16);
    }
    Files.delete(end);
    open();
    assertThat(losses).isZero();
    expectMany(25);
  }

  @Test
  void neverFindsAgainWhatWasBehindATornRecord() throws IOException {
    put("aa", "1");
    log.flush();
    int torn = (int) Files.size(segments().get(0));
    put("bb", "2");
    put("cc", "3");
    log.close();
    damage(segments().get(0), torn + 4);
    open();
    put("dd", "4");
    log.close();
    open();
    assertThat(get("aa")).isEqualTo("1");
    assertThat(get("bb")).isNull();
    assertThat(get("cc")).isNull();
    assertThat(get("dd")).isEqualTo("4");
  }

  @Test
  void forgetsASegmentThatACrashLeftWithoutAHeader() throws IOException {
    putMany(15);
    log.close();
    for (byte[] left : new byte[][] {{}, new byte[SegmentHeader.BYTES - 1], new byte[100]}) {
      Files.write(directory.resolve("0000000000000002.seg"), left);
      open();
      assertThat(losses).isPositive();
      expectMany(13);
      assertThat(log.size()).isEqualTo(13);
      assertThat(segments()).hasSize(1);
    }
  }

  @Test
  void saysWhatIsDamagedAndWhatToDo() throws IOException {
    putMany(25);
    log.close();
    damage(segments().get(1), SegmentHeader.BYTES + 24 + 13);
    assertThatThrownBy(this::open)
        .isInstanceOf(ProcessorStateException.class)
        .hasMessage(
            "%s is damaged at offset 40; the store was not opened. Remove the directory of its task, %s: Kafka Streams restores it from the changelog"
                .formatted(segments().get(1), task));
  }

  @Test
  void refusesASegmentThatEndsEarlyBeforeAnotherOne() throws IOException {
    putMany(25);
    log.close();
    truncate(segments().get(1), Files.size(segments().get(1)) - 8);
    assertThatThrownBy(this::open).hasMessageContaining("is damaged at offset ");
  }

  @Test
  void refusesADamagedHeader() throws IOException {
    putMany(25);
    log.close();
    for (Path segment : segments().subList(0, 2)) {
      byte[] before = Files.readAllBytes(segment);
      damage(segment, 15);
      assertThatThrownBy(this::open)
          .hasMessageStartingWith(segment + " does not begin as a segment of a log; ");
      Files.write(segment, before);
    }
  }

  @Test
  void refusesAGap() throws IOException {
    putMany(35);
    log.close();
    List<Path> segments = segments();
    for (Path missing : segments.subList(0, segments.size() - 1)) {
      byte[] before = Files.readAllBytes(missing);
      Files.delete(missing);
      assertThatThrownBy(this::open).hasMessageStartingWith(missing + " is missing; ");
      Files.write(missing, before);
    }
  }

  @Test
  void resurrectsNothingFromASegmentThatCouldNotBeDeleted() throws IOException {
    put("deleted", "before");
    log.flush();
    Path oldest = segments().get(0);
    byte[] content = Files.readAllBytes(oldest);
    put("deleted", null);
    for (int round = 0; round < 20; round++) {
      putMany(20);
    }
    log.close();
    assertThat(oldest).doesNotExist();
    Files.write(oldest, content);
    open();
    assertThat(get("deleted")).isNull();
    expectMany(20);
    assertThat(oldest).doesNotExist();
  }

  @Test
  void goesOnWhenAFullDiskHasRoomAgain() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "Linux' device that is always full");
    putMany(10);
    String large = "v".repeat(100);
    Path segment = Files.createSymbolicLink(directory.resolve("0000000000000001.seg"), full);
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatThrownBy(() -> put("more", large))
          .isInstanceOf(ProcessorStateException.class)
          .hasMessageStartingWith(segment + " could not be written: java.io.IOException: No space")
          .hasMessageEndingWith(
              "; what the store holds stays readable, and the next write or commit tries again");
      assertThatThrownBy(log::flush).isInstanceOf(ProcessorStateException.class);
      expectMany(10);
      assertThat(get("more")).isNull();
    }
    Files.delete(segment);
    put("more", large);
    log.close();
    open();
    expectMany(10);
    assertThat(get("more")).isEqualTo(large);
  }

  @Test
  void goesOnWhenADiskThatWasFullWhileCleaningHasRoomAgain() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "Linux' device that is always full");
    putMany(40);
    for (int i = 0; i < 100; i++) {
      long next = 1 + Long.parseLong(newest().getFileName().toString().substring(0, 16));
      Path link = Files.createSymbolicLink(new SegmentFiles(directory).file(next), full);
      int failed = 0;
      for (int j = 0; j < 40; j++) {
        try {
          put("k" + j, "v" + j);
        } catch (ProcessorStateException e) {
          failed++;
        }
        expectMany(40);
      }
      assertThat(failed).isPositive();
      Files.delete(link);
      putMany(40);
    }
    log.close();
    open();
    expectMany(40);
    assertThat(segments()).hasSizeLessThan(15);
  }

  private Path newest() throws IOException {
    List<Path> segments = segments();
    return segments.get(segments.size() - 1);
  }

  @Test
  void closesEvenWhenItCannotWrite() throws IOException {
    putMany(5);
    Utils.delete(directory.toFile());
    assertThatThrownBy(log::close).hasMessageContaining("No such file or directory");
    Files.createDirectories(directory);
    open();
    assertThat(log.size()).isZero();
  }

  private static void truncate(Path file, long size) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, (int) size));
  }

  private static void damage(Path file, int at) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[at] ^= 1;
    Files.write(file, content);
  }
}
