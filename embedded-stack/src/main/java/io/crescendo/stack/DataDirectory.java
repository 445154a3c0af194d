package io.crescendo.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/**
 * The directory of a stack while it runs: locked, so that two stacks cannot share it, and with a
 * file that tells other commands where the services listen.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String ENDPOINTS = "endpoints.properties";

  private final Path dir;
  private final FileChannel channel;

  private DataDirectory(Path dir, FileChannel channel) {
    this.dir = dir;
    this.channel = channel;
  }

  /**
   * Takes the directory for this process.
   *
   * @throws StackException if another stack runs in it, or it cannot be written
   */
  public static DataDirectory take(Path dir) {
    try {
      Files.createDirectories(dir);
      FileChannel channel =
          FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locks(channel)) {
        channel.close();
        throw new StackException(
            "Another Crescendo runs with the data directory %s; stop it, or choose another with --data-dir"
                .formatted(dir));
      }
      return new DataDirectory(dir, channel);
    } catch (IOException e) {
      throw new StackException(
          "The data directory %s cannot be used: %s".formatted(dir, e.getMessage()), e);
    }
  }

  /** Tells other commands where the stack of this directory listens. */
  public void announce(Endpoints endpoints) {
    try (Writer out = Files.newBufferedWriter(dir.resolve(ENDPOINTS))) {
      endpoints.toProperties().store(out, "Where the Crescendo stack of this directory listens");
    } catch (IOException e) {
      throw new StackException(
          "%s could not be written: %s".formatted(dir.resolve(ENDPOINTS), e.getMessage()), e);
    }
  }

  /** Where the stack that runs with a directory listens; empty where none runs. */
  public static Optional<Endpoints> endpoints(Path dir) {
    Path file = dir.resolve(ENDPOINTS);
    if (!Files.isRegularFile(file) || !isTaken(dir)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new StackException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    return Optional.of(Endpoints.of(properties));
  }

  /** Gives the directory free. */
  @Override
  public void close() {
    Closing.quietly(channel);
  }

  private static boolean isTaken(Path dir) {
    try (FileChannel channel = FileChannel.open(dir.resolve(LOCK), StandardOpenOption.WRITE)) {
      return !locks(channel);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
