package io.crescendo.connect.s3.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory, with failures on demand. */
public final class InMemoryObjectStore implements ObjectStore {

  /** What happens to a write. */
  public enum Failure {
    /** It is not carried out, and may succeed later. */
    UNAVAILABLE,
    /** It is carried out, but the answer gets lost. */
    LOST_ANSWER,
    /** It is not carried out, and never will be. */
    FORBIDDEN,
    /** It is carried out. */
    NONE
  }

  private record StoredObject(byte[] bytes, Map<String, String> metadata) {}

  private final Map<String, StoredObject> objects = new ConcurrentSkipListMap<>();
  private final Deque<Failure> failures = new ArrayDeque<>();
  private final Deque<Failure> failuresOfReads = new ArrayDeque<>();
  private int requests;

  /** The next writes fail, in that order. */
  public synchronized void fail(Failure... next) {
    Collections.addAll(failures, next);
  }

  /** The next reads of metadata fail, in that order. */
  public synchronized void failReads(Failure... next) {
    Collections.addAll(failuresOfReads, next);
  }

  /** Removes all objects. */
  public void clear() {
    objects.clear();
  }

  @Override
  public void checkPlace() {}

  @Override
  public synchronized boolean create(String key, Content content, Map<String, String> metadata) {
    requests++;
    Failure failure = failures.poll();
    if (failure == Failure.UNAVAILABLE || failure == Failure.FORBIDDEN) {
      throw new StoreException(key + ": " + failure, failure == Failure.UNAVAILABLE, null);
    }
    boolean created =
        objects.putIfAbsent(key, new StoredObject(bytes(content), Map.copyOf(metadata))) == null;
    if (failure == Failure.LOST_ANSWER) {
      throw new StoreException(key + ": " + failure, true, null);
    }
    return created;
  }

  @Override
  public synchronized Optional<Map<String, String>> metadata(String key) {
    requests++;
    Failure failure = failuresOfReads.poll();
    if (failure != null && failure != Failure.NONE) {
      throw new StoreException(key + ": " + failure, failure != Failure.FORBIDDEN, null);
    }
    return Optional.ofNullable(objects.get(key)).map(StoredObject::metadata);
  }

  @Override
  public Optional<Map<String, String>> metadata(String key, Duration longest) {
    return metadata(key);
  }

  @Override
  public void close() {}

  /** Objects by key, in the order of keys. */
  public Map<String, byte[]> objects() {
    Map<String, byte[]> bytes = new TreeMap<>();
    objects.forEach((key, object) -> bytes.put(key, object.bytes()));
    return bytes;
  }

  public synchronized int requests() {
    return requests;
  }

  /** A content of those bytes. */
  public static Content content(byte[] bytes) {
    return new Content() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public InputStream open(long from, long to) {
        return new ByteArrayInputStream(bytes, (int) from, (int) (to - from));
      }
    };
  }

  static byte[] bytes(Content content) {
    try (InputStream in = content.open(0, content.length())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
