package io.crescendo.connect.s3.store;

import java.io.InputStream;

/** Bytes to upload, readable any number of times. */
public interface Content {

  /** Number of bytes. */
  long length();

  /**
   * A new stream over a part of the bytes.
   *
   * @param from first byte
   * @param to the byte after the last
   */
  InputStream open(long from, long to);
}
