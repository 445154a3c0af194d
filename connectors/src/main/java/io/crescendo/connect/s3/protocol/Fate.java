package io.crescendo.connect.s3.protocol;

/** What becomes of a record. */
public enum Fate {
  /** It is a row of its lane's open file. */
  WRITE,

  /** An object holds it already; drop it. */
  LANDED,

  /**
   * Look whether an object named after this record exists, and {@link PartitionLedger#answer} with
   * what was found.
   */
  ASK
}
