package io.crescendo.csv;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;

/** A source of any bytes. */
final class BytesSource implements Source {

  private final String name;
  private final byte[] bytes;

  BytesSource(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String identity() {
    return name + " " + Arrays.hashCode(bytes);
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public Instant observedAt() {
    return Instant.EPOCH;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
