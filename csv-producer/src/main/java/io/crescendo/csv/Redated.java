package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A source whose time of observation somebody knows better than its store. */
record Redated(Source source, Instant observedAt) implements Source {

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public String identity() {
    return source.identity();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public String stamp() {
    return source.stamp();
  }

  @Override
  public boolean repeatable() {
    return source.repeatable();
  }

  @Override
  public InputStream open() throws IOException {
    return source.open();
  }

  @Override
  public void requireUnchanged() throws IOException {
    source.requireUnchanged();
  }
}
