package io.crescendo.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * The directory of a stack while it runs: locked, so that two stacks cannot share it, and with a
 * file that tells other commands where the services listen.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String ENDPOINTS = "endpoints.properties";

  private static final int LOOKS = 10;
  private static final Duration LOOK = Duration.ofMillis(20);

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
      if (!takes(channel)) {
        channel.close();
        throw new StackException(
            "Another Crescendo runs with the data directory %s; stop it, or choose another with --data-dir"
                .formatted(dir));
      }
      // what an earlier start left would send others to its ports until this one announces its own
      Files.deleteIfExists(dir.resolve(ENDPOINTS));
      return new DataDirectory(dir, channel);
    } catch (IOException e) {
      throw new StackException(
          "The data directory %s cannot be used: %s".formatted(dir, e.getMessage()), e);
    }
  }

  /** Tells other commands where the stack of this directory listens. */
  public void announce(Endpoints endpoints) {
    Path draft = dir.resolve(ENDPOINTS + ".new");
    try {
      try (Writer out = Files.newBufferedWriter(draft)) {
        endpoints.toProperties().store(out, "Where the Crescendo stack of this directory listens");
      }
      // renamed, because others may look at any time, and are to see all of it or nothing
      Files.move(draft, dir.resolve(ENDPOINTS), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StackException(
          "%s could not be written: %s".formatted(dir.resolve(ENDPOINTS), e.getMessage()), e);
    }
  }

  /** Where the stack that runs with a directory listens; empty where none runs, or has started. */
  public static Optional<Endpoints> endpoints(Path dir) {
    Path file = dir.resolve(ENDPOINTS);
    if (!Files.isRegularFile(file) || !isTaken(dir)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (NoSuchFileException e) { // a stack has just taken the directory, and starts
      return Optional.empty();
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

  /** Those who look hold the file for a moment; it tries for longer than that. */
  private static boolean takes(FileChannel channel) throws IOException {
    boolean taken = locks(channel, false);
    for (int i = 0; i < LOOKS && !taken; i++) {
      LockSupport.parkNanos(LOOK.toNanos());
      taken = locks(channel, false);
    }
    return taken;
  }

  private static boolean isTaken(Path dir) {
    try (FileChannel channel = FileChannel.open(dir.resolve(LOCK), StandardOpenOption.READ)) {
      return !locks(channel, true);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param shared to look only: several may at once, and none of them takes another for a stack
   */
  private static boolean locks(FileChannel channel, boolean shared) throws IOException {
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
