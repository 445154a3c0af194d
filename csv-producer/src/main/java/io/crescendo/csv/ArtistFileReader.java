package io.crescendo.csv;

import io.crescendo.schemas.Terminal;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an artist file row by row, whatever its {@link Shape}. Each row is an artist or a
 * rejection; no row ends the reading.
 *
 * <p>Not thread-safe.
 */
final class ArtistFileReader implements Closeable {

  private final String file;
  private final LiveStream live;
  private final InputStream in;
  private final CountedStream packed;
  private final Shape shape;
  private final RecordReader records;
  private final RecordRules recordRules;
  private final RowRules rules;

  private ArtistRow artist;
  private Rejection rejection;

  /** As {@link #open(Source, ReadingOptions)}, with everything found out from the file. */
  static ArtistFileReader open(Source source) throws IOException {
    return open(source, ReadingOptions.AUTOMATIC);
  }

  /**
   * Opens a source, finds out its shape and reads its header.
   *
   * @throws UnusableSourceException if the source is not an artist file
   * @throws IOException if it cannot be read
   */
  static ArtistFileReader open(Source source, ReadingOptions options) throws IOException {
    LiveStream live = source.repeatable() ? null : new LiveStream(source.open());
    CountedStream packed = new CountedStream(live == null ? source.open() : live);
    try {
      return new ArtistFileReader(source, live, packed, options);
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  private ArtistFileReader(
      Source source, LiveStream live, CountedStream packed, ReadingOptions options)
      throws IOException {
    this.file = source.name();
    this.live = live;
    this.packed = packed;
    Compression.Opened opened = Compression.open(file, packed);
    byte[] sample = Sample.read(opened.in(), !source.repeatable());
    ForeignFile.refuseBinary(file, sample);
    Encoding encoding =
        options.charset() == null ? Encoding.detect(sample) : Encoding.stated(options.charset());
    byte[] utf8 = sample;
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(sample), opened.in());
    if (!encoding.isUtf8()) {
      utf8 = decode(sample, encoding);
      whole = new Utf8Stream(whole, encoding.charset());
    }
    ForeignFile.refuseText(file, utf8);
    boolean all = sample.length < Sample.BYTES && source.repeatable();
    this.in = whole;
    this.shape = Shape.of(file, utf8, all, encoding, opened.compression(), options);
    this.records = new RecordReader(whole, shape.separator());
    this.recordRules = new RecordRules(encoding, shape.separator(), shape.columns().width());
    this.rules = new RowRules(shape.columns());
    if (records.next() && Sample.isSeparatorLine(records.bytes())) {
      records.next();
    }
  }

  /** How the file is written. */
  Shape shape() {
    return shape;
  }

  /**
   * From now on, runs a task again and again while {@link #next} waits for a source that has
   * nothing to read at the moment. Files never have.
   */
  void whileWaiting(Runnable task) {
    if (live != null) {
      live.whileWaiting(task);
    }
  }

  /** Says that its encoding was guessed, which may be wrong; empty if it was not. */
  Optional<String> guess(ReadingOptions options) {
    Encoding encoding = shape.encoding();
    return options.charset() != null || encoding.isUtf8()
        ? Optional.empty()
        : Optional.of(
            "%s: read as %s (%s); --charset says otherwise"
                .formatted(Terminal.harmless(file), encoding.charset(), encoding.why()));
  }

  /** Goes to the next row; false at the end of the file. */
  boolean next() throws IOException {
    artist = null;
    rejection = null;
    if (!records.next()) {
      return false;
    }
    boolean hasCells = false;
    try {
      requireRow();
      hasCells = true;
      artist = rules.apply(records.cells());
    } catch (RuleBrokenException e) {
      String id = hasCells ? rules.idIfKnown(records.cells()) : null;
      rejection = new Rejection(where(), id, e, records.bytes());
    }
    return true;
  }

  /** The row as an artist; null if it was rejected. */
  ArtistRow artist() {
    return artist;
  }

  /** Why the row was rejected; null if it was not. */
  Rejection rejection() {
    return rejection;
  }

  /** File and line of the row, such as {@code artists.csv:118}. */
  String where() {
    return file + ":" + records.line();
  }

  /** Line of the row, from 1. */
  long line() {
    return records.line();
  }

  /** Bytes of unpacked UTF-8 up to the end of the row: the same whenever the file is read. */
  long position() {
    return records.position();
  }

  /** Bytes of the source that have been read, of {@link Source#size()}. */
  long bytesRead() {
    boolean asStored = shape.compression() == Compression.NONE && shape.encoding().isUtf8();
    return asStored ? records.position() : packed.count();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void requireRow() throws RuleBrokenException {
    try {
      recordRules.apply(records);
    } catch (RuleBrokenException e) {
      if (records.spansLines()) {
        // A stray quote may have joined rows that were sound: give each line its own chance.
        records.keepFirstLine();
      }
      throw e;
    }
  }

  private static byte[] decode(byte[] sample, Encoding encoding) {
    try (InputStream in = new Utf8Stream(new ByteArrayInputStream(sample), encoding.charset())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e); // no I/O behind the array
    }
  }

  /** For {@code --show-mapping}: shape and the first artists as they would be published. */
  List<String> explain(int examples) throws IOException {
    List<String> lines = new ArrayList<>(shape.explain());
    int shown = 0;
    // no further than what is shown: a stream may be waiting for its next row
    for (; shown < examples && next(); shown++) {
      lines.add(
          artist == null
              ? "row            " + rejection.message()
              : "row            %s, %s, genres %s, %s followers, popularity %s"
                  .formatted(
                      artist.id(),
                      Excerpt.of(artist.name()),
                      Excerpt.of(artist.genres().toString()),
                      artist.followers(),
                      artist.popularity()));
    }
    if (shown == 0) {
      lines.add("row            none below the header");
    }
    return lines;
  }
}
