package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** Another source, for tests that change one thing about it. */
interface DelegatingSource extends Source {

  Source source();

  @Override
  default String name() {
    return source().name();
  }

  @Override
  default String identity() {
    return source().identity();
  }

  @Override
  default long size() {
    return source().size();
  }

  @Override
  default Instant observedAt() {
    return source().observedAt();
  }

  @Override
  default InputStream open() throws IOException {
    return source().open();
  }
}
