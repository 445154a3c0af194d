package io.crescendo.schemas;

/**
 * Field names of the JSON objects in {@code artist-updates}, the one dialect that the topic speaks.
 *
 * <p>Unknown fields are ignored. Aliases that exports use, such as {@code artist_name}, are the CSV
 * producer's business.
 */
public final class UpdateFields {

  /** Artist id, required: string of 1 to 128 characters. */
  public static final String ID = "id";

  /** Required unless {@link #DELETED}: non-blank string. */
  public static final String NAME = "name";

  /**
   * Array of strings, or one string separated by {@code ;} or {@code ,}; may be empty or absent.
   */
  public static final String GENRES = "genres";

  /** Required unless {@link #DELETED}: whole number, 0 or more. */
  public static final String FOLLOWERS = "followers";

  /** Optional whole number from 0 to 100. */
  public static final String POPULARITY = "popularity";

  /**
   * ISO-8601 date or date-time, UTC where it states no offset, or milliseconds since the epoch; the
   * record's timestamp where absent. A number below {@link #LEAST_MILLIS} may be taken for seconds.
   */
  public static final String OBSERVED_AT = "observed_at";

  /** Optional string, such as {@code artists.csv:118}. */
  public static final String SOURCE = "source";

  /** {@code true}: the artist is gone; for those who cannot send a tombstone. */
  public static final String DELETED = "deleted";

  /** March 1973, in milliseconds since the epoch; in seconds it would be the year 5138. */
  public static final long LEAST_MILLIS = 100_000_000_000L;

  private UpdateFields() {}
}
