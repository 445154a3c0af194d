package io.crescendo.csv;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A source in memory, called {@code artists.csv}. */
record TextSource(String text) implements Source {

  static final Instant OBSERVED_AT = Instant.parse("2026-01-31T12:00:00Z");

  @Override
  public String name() {
    return "artists.csv";
  }

  @Override
  public String identity() {
    return "text:artists.csv";
  }

  @Override
  public long size() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public Instant observedAt() {
    return OBSERVED_AT;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
