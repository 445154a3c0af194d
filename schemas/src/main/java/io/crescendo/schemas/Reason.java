package io.crescendo.schemas;

import java.util.Locale;

/**
 * Rules that a record or a row of a file can break: the closed vocabulary of {@code reason} in
 * {@link Reject}.
 */
public enum Reason {
  /** The value is not one strict JSON text, or names a field twice. */
  NOT_JSON,
  /** The value is JSON, but not an object. */
  NOT_AN_OBJECT,
  /** A required field is absent or null. */
  MISSING_FIELD,
  /** A required field or cell is there, and blank. */
  BLANK_FIELD,
  /** Not a string; of a file, a name that a spreadsheet has made a date or an error of. */
  NOT_A_STRING,
  /** Not a number, or one with a fraction. */
  NOT_A_WHOLE_NUMBER,
  /** A number or a time beyond the smallest or largest allowed. */
  OUT_OF_RANGE,
  /** More characters, bytes or items than allowed. */
  TOO_LONG,
  /** Genres that are neither a list of strings nor one string. */
  NOT_A_LIST_OF_STRINGS,
  /** Neither ISO-8601 nor a number since 1970. */
  NOT_A_TIMESTAMP,
  /** Neither true nor false. */
  NOT_A_BOOLEAN,
  /** The id contradicts the record's key; records of topics only. */
  KEY_MISMATCH,
  /** The deletion of an artist that was never seen; records of topics only. */
  UNKNOWN_ARTIST_DELETED,
  /** Not the header's number of cells, or quotes that do not match; rows of files only. */
  MALFORMED_ROW,
  /** Bytes that are not text in UTF-8, or in the encoding of the file. */
  INVALID_UTF8;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** Name on the wire, such as {@code not_a_whole_number}. */
  public String code() {
    return code;
  }
}
