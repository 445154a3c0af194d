package io.crescendo.streams.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * Random histories of few keys in tiny segments, so that logs roll and are cleaned all the time,
 * against a map: puts, deletions, flushes, clean restarts, and kills between operations or within
 * one. After a kill, each key must have the value of the last flush or a later one. After a stop,
 * nothing is lost; and if bytes of the end are taken away then, the log must say so, or refuse to
 * open where segments were cleaned that only the lost one said to be needless.
 */
class KeyedLogPropertyTest {

  private static Path root;
  private static int histories;

  @BeforeContainer
  static void make() throws IOException {
    // Where memory is a file system, forcing costs nothing.
    Path memory = Path.of("/dev/shm");
    root =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "keyed-log")
            : Files.createTempDirectory("keyed-log");
  }

  @AfterContainer
  static void remove() throws IOException {
    remove(root);
  }

  @Property(tries = 800)
  void keepsWhatAMapKeeps(@ForAll long seed) throws IOException {
    play(seed, KeyHash::of);
  }

  @Property(tries = 200)
  void keepsKeysApartWhoseHashesAreTheSame(@ForAll long seed) throws IOException {
    play(seed, key -> (key[0] & 1L) << 63);
  }

  private static void play(long seed, ToLongFunction<byte[]> hash) throws IOException {
    Path directory = Files.createDirectory(root.resolve("" + histories++));
    new History(directory, new Random(seed), hash).play();
    remove(directory);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static final class History {

    private final Path directory;
    private final Random random;
    private final ToLongFunction<byte[]> hash;
    private final int keys;
    private final int valueBytes;
    private int segmentBytes;

    /** Versions of each key since the last flush, the flushed one first; null is a deletion. */
    private final Map<Integer, List<String>> versions = new HashMap<>();

    private int values;
    private KeyedLog log;
    private boolean loss;

    History(Path directory, Random random, ToLongFunction<byte[]> hash) {
      this.directory = directory;
      this.random = random;
      this.hash = hash;
      this.keys = 1 + random.nextInt(30);
      this.valueBytes = 1 + random.nextInt(60);
      open();
    }

    void play() throws IOException {
      for (int step = random.nextInt(250); step > 0; step--) {
        switch (random.nextInt(20)) {
          case 0 -> flush();
          case 1 -> restart();
          case 2 -> kill();
          case 3 -> killWhile(random.nextBoolean() ? log::flush : this::write);
          default -> write();
        }
        int key = random.nextInt(keys);
        assertThat(get(key)).isEqualTo(newest(key));
      }
      restart();
      log.close();
      loseTheEnd();
    }

    private void loseTheEnd() throws IOException {
      Path newest =
          files().keySet().stream()
              .filter(file -> file.toString().endsWith(".seg"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      byte[] content = Files.readAllBytes(newest);
      if (random.nextBoolean()) {
        Files.delete(newest);
      } else {
        Files.write(newest, Arrays.copyOf(content, random.nextInt(content.length)));
      }
      try {
        open();
        assertThat(loss).isTrue();
        log.close();
      } catch (ProcessorStateException e) {
        assertThat(e).hasMessageContaining(".seg is missing; ");
      }
    }

    private void write() {
      put(random.nextInt(keys), random.nextInt(5) == 0 ? null : value());
    }

    private String value() {
      boolean large = random.nextInt(30) == 0;
      return values++ + "v".repeat(random.nextInt(large ? 10 * segmentBytes : valueBytes));
    }

    private void open() {
      loss = false;
      segmentBytes = 64 + random.nextInt(300);
      log = KeyedLog.open(directory, segmentBytes, hash, () -> loss = true);
    }

    private void put(int key, String value) {
      log.put(bytes(key), value == null ? null : value.getBytes(UTF_8));
      of(key).add(value);
    }

    private String get(int key) {
      byte[] value = log.get(bytes(key));
      return value == null ? null : new String(value, UTF_8);
    }

    private static byte[] bytes(int key) {
      return (key + " of the keys".substring(0, key % 12)).getBytes(UTF_8);
    }

    private List<String> of(int key) {
      return versions.computeIfAbsent(
          key,
          absent -> {
            List<String> none = new ArrayList<>();
            none.add(null);
            return none;
          });
    }

    private String newest(int key) {
      List<String> all = of(key);
      return all.get(all.size() - 1);
    }

    private void flush() {
      log.flush();
      forgetOlder();
    }

    private void forgetOlder() {
      versions.values().forEach(all -> all.subList(0, all.size() - 1).clear());
    }

    private void restart() {
      log.close();
      open();
      assertThat(loss).isFalse();
      forgetOlder();
      int live = 0;
      for (int key = 0; key < keys; key++) {
        assertThat(get(key)).isEqualTo(newest(key));
        live += newest(key) == null ? 0 : 1;
      }
      assertThat(log.size()).isEqualTo(live);
      assertThat(log.keys()).hasSize(live).doesNotHaveDuplicates();
    }

    /** Leaves the log as it is; what it has mapped is unmapped when it is collected. */
    private void kill() {
      open();
      for (int key = 0; key < keys; key++) {
        String found = get(key);
        assertThat(of(key)).as("versions of %s since the flush", key).contains(found);
        of(key).clear();
        of(key).add(found);
      }
    }

    /** Kills it when a part of what the operation writes is on disk, and nothing is deleted yet. */
    private void killWhile(Runnable operation) throws IOException {
      Map<Path, byte[]> before = files();
      operation.run();
      Map<Path, byte[]> after = files();
      Map<Path, byte[]> between = new TreeMap<>(before);
      for (Map.Entry<Path, byte[]> file : after.entrySet()) {
        int had = before.getOrDefault(file.getKey(), new byte[0]).length;
        int written = file.getValue().length - had;
        int whole = random.nextInt(3) == 0 ? random.nextInt(written + 1) : written;
        between.put(file.getKey(), Arrays.copyOf(file.getValue(), had + whole));
        if (whole < written) {
          break;
        }
      }
      for (Path file : after.keySet()) {
        Files.delete(file);
      }
      for (Map.Entry<Path, byte[]> file : between.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
      kill();
    }

    private Map<Path, byte[]> files() throws IOException {
      Map<Path, byte[]> contents = new TreeMap<>();
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          contents.put(file, Files.readAllBytes(file));
        }
      }
      return contents;
    }
  }
}
