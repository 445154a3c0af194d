package io.crescendo.csv;

import java.io.InputStream;
import java.time.Instant;
import java.util.UUID;

/** Standard input, observed now. It cannot be read twice, so it is published whole or in part. */
record StandardInput(InputStream in, String identity, Instant observedAt) implements Source {

  static StandardInput now() {
    return new StandardInput(System.in, "stdin:" + UUID.randomUUID(), Instant.now());
  }

  @Override
  public String name() {
    return "stdin";
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public InputStream open() {
    return in;
  }
}
