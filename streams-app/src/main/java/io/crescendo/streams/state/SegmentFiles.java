package io.crescendo.streams.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * The files of a log: {@code 0000000000000001.seg} and so on, each beginning with a {@link
 * SegmentHeader}.
 *
 * <p>The header of the newest one says where the log begins. What is older is left over, because it
 * could not be deleted (Windows deletes no file that somebody has open) or because the process died
 * before: it must not be read, for the deletions of its keys may be gone from the log.
 */
final class SegmentFiles {

  private static final String SUFFIX = ".seg";
  private static final Pattern NAME = Pattern.compile("[0-9]{16}\\.seg");

  private final Path directory;
  private final NavigableSet<Long> leftOver = new TreeSet<>();

  SegmentFiles(Path directory) {
    this.directory = directory;
  }

  Path file(long sequence) {
    return directory.resolve(String.format(Locale.ROOT, "%016d", sequence) + SUFFIX);
  }

  /** Notes a segment that will be no part of the log, once a newer one says so. */
  void leave(long sequence) {
    leftOver.add(sequence);
  }

  /**
   * Deletes what was left over.
   *
   * @param start where the log begins, as the disk knows
   */
  void deleteBefore(long start) {
    for (Long sequence : List.copyOf(leftOver.headSet(start))) {
      try {
        Files.deleteIfExists(file(sequence));
        leftOver.remove(sequence);
      } catch (IOException e) {
        // It only takes space; it is tried again with the next segment, and at the next start.
      }
    }
  }

  /**
   * Finds the segments of the log, and deletes all other ones.
   *
   * @param onLoss called before a segment without a header is deleted
   * @return their sequences, oldest first, without a gap; empty for a new log
   * @throws ProcessorStateException if other files are there, or not all of the log's
   */
  List<Long> open(Runnable onLoss) {
    try {
      NavigableSet<Long> sequences = sequences();
      dropUnbegun(sequences, onLoss);
      if (sequences.isEmpty()) {
        return List.of();
      }
      long newest = sequences.last();
      long start = SegmentHeader.start(header(newest));
      leftOver.addAll(sequences.headSet(start));
      deleteBefore(start);
      for (long sequence = start; sequence <= newest; sequence++) {
        if (!sequences.contains(sequence)) {
          throw broken(file(sequence), "is missing");
        }
        header(sequence);
      }
      return List.copyOf(sequences.tailSet(start));
    } catch (IOException e) {
      throw new ProcessorStateException(
          "%s could not be read: %s; the store was not opened".formatted(directory, e), e);
    }
  }

  private NavigableSet<Long> sequences() throws IOException {
    NavigableSet<Long> sequences = new TreeSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (NAME.matcher(name).matches()) {
          sequences.add(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
        } else if (!name.equals(FlushedEnd.NAME)) {
          throw broken(file, "is no segment of a log");
        }
      }
    }
    return sequences;
  }

  /**
   * Of the newest segment, a crash may have left no header, or its length without its bytes, with
   * no flushed record behind it. A header that was damaged later looks the same; then onLoss has
   * the store restored.
   */
  private void dropUnbegun(NavigableSet<Long> sequences, Runnable onLoss) throws IOException {
    if (!sequences.isEmpty() && !isHeader(read(sequences.last()), sequences.last())) {
      onLoss.run();
      Files.delete(file(sequences.pollLast()));
    }
  }

  private ByteBuffer header(long sequence) throws IOException {
    ByteBuffer header = read(sequence);
    if (!isHeader(header, sequence)) {
      throw broken(file(sequence), "does not begin as a segment of a log");
    }
    return header;
  }

  private ByteBuffer read(long sequence) throws IOException {
    try (InputStream in = Files.newInputStream(file(sequence))) {
      return ByteBuffer.wrap(in.readNBytes(SegmentHeader.BYTES));
    }
  }

  private static boolean isHeader(ByteBuffer header, long sequence) {
    return SegmentHeader.isAt(header) && SegmentHeader.start(header) <= sequence;
  }

  /** What is thrown for files that no crash can have left so. */
  ProcessorStateException broken(Path file, String how) {
    return new ProcessorStateException(
        "%s %s; the store was not opened. Remove the directory of its task, %s: Kafka Streams restores it from the changelog"
            .formatted(file, how, taskDirectory()));
  }

  private Path taskDirectory() {
    return directory.resolve("../..").normalize();
  }
}
