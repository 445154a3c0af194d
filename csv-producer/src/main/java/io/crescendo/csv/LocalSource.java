package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** A file on this machine. */
record LocalSource(Path file, long size, Instant observedAt) implements Source {

  private static final int BUFFER = 256 * 1024;

  static LocalSource of(Path file) {
    if (Files.isDirectory(file)) {
      throw new UnusableSourceException(
          "%s: is a directory, an artist file is needed; nothing was published".formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw new UnusableSourceException(
          "%s: %s; nothing was published"
              .formatted(file, Files.exists(file) ? "may not be read" : "no such file"));
    }
    if (!Files.isRegularFile(file)) { // reading it for its identity would take its rows away
      throw new UnusableSourceException(
          "%s: is a pipe or a device; give it as standard input, with - for the source; nothing was published"
              .formatted(file));
    }
    try {
      return new LocalSource(
          file.toRealPath(), Files.size(file), Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw new UnusableSourceException(
          "%s: cannot be read (%s); nothing was published".formatted(file, e), e);
    }
  }

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  /** Reads the whole file: name, size and SHA-256, wherever the file lies and whenever changed. */
  @Override
  public String identity() {
    try (DigestInputStream in =
        new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
      return "%s %s sha256:%s"
          .formatted(name(), bytes, HexFormat.of().formatHex(in.getMessageDigest().digest()));
    } catch (IOException e) {
      throw new UnusableSourceException(
          "%s: cannot be read (%s); nothing was published".formatted(file, e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String stamp() {
    return "%s %s %s".formatted(file, size, observedAt);
  }

  @Override
  public InputStream open() throws IOException {
    requireUnchanged();
    return Files.newInputStream(file);
  }

  @Override
  public void requireUnchanged() throws IOException {
    boolean same;
    try {
      same =
          Files.size(file) == size
              && Files.getLastModifiedTime(file).toInstant().equals(observedAt);
    } catch (NoSuchFileException e) {
      same = false;
    }
    if (!same) {
      throw new ChangedException();
    }
  }
}
