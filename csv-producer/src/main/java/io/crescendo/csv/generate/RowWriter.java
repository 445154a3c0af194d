package io.crescendo.csv.generate;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the rows of one file in its shape, some of them damaged. */
final class RowWriter implements Closeable {

  private final FileShape shape;
  private final Damage damage;
  private final OutputStream out;
  private final StringWriter row = new StringWriter();
  private final CsvWriter csv;
  private int rows;

  private RowWriter(FileShape shape, Damage damage, OutputStream out) {
    this.shape = shape;
    this.damage = damage;
    this.out = out;
    this.csv =
        CsvWriter.builder()
            .fieldSeparator(shape.separator())
            .lineDelimiter(LineDelimiter.LF)
            .bufferSize(0)
            .build(row);
  }

  static RowWriter open(Path file, GeneratorSettings settings, int wave) throws IOException {
    FileShape shape = settings.shape();
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    RowWriter writer =
        new RowWriter(shape, new Damage(settings.damage(), settings.seed() + wave), out);
    writer.csv.writeRecord(shape.header());
    writer.print(shape.beginning() + writer.take());
    return writer;
  }

  /** Writes an artist; returns whether the row is sound. */
  boolean write(GeneratedArtist artist) throws IOException {
    Damage.Kind kind = damage.next();
    csv.writeRecord(Damage.cells(kind, shape.cells(artist, rows), shape.nameColumn()));
    rows++;
    print(Damage.row(kind, take(), shape.separator()));
    return kind == Damage.Kind.NONE || kind == Damage.Kind.REPEATED;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private String take() {
    String text = row.toString();
    row.getBuffer().setLength(0);
    return text.substring(0, text.length() - 1);
  }

  private void print(String text) throws IOException {
    out.write(Damage.bytes(text + shape.lineEnd(), shape.charset()));
  }
}
