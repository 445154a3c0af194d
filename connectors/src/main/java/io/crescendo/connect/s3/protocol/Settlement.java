package io.crescendo.connect.s3.protocol;

/**
 * What follows once every file of a sealed batch is known to be in the store.
 *
 * @param kind what to do
 * @param offset the offset to do it with: committed up to here, continue from here, or held at
 */
public record Settlement(Kind kind, long offset) {

  /** What to do. */
  public enum Kind {
    /** Everything before the offset has landed and may be committed. */
    COMMIT,

    /** Drop the open files, and read the partition again from the offset. */
    REWIND,

    /** All rows landed, but an object reaches further; the committed offset stays where it is. */
    HOLD,

    /** Files of before stay open; the committed offset stays where it is. */
    WAIT
  }
}
