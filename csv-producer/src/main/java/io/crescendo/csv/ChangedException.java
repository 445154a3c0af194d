package io.crescendo.csv;

import java.io.IOException;

/** A source is not any more what it was when it was described. */
final class ChangedException extends IOException {

  ChangedException() {
    super("changed while it was read");
  }
}
