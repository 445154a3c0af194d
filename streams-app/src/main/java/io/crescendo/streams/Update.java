package io.crescendo.streams;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * A valid record of {@code artist-updates}: what one observation says of an artist.
 *
 * @param id artist id
 * @param name null in a deletion
 * @param genres normalised, see {@link GenreNames}; empty in a deletion
 * @param followers 0 in a deletion
 * @param popularity 0 to 100; null where not stated
 * @param observedAt when the figures were true, milliseconds since the epoch
 * @param observedAtStated false where the record's timestamp stands in for it
 * @param deleted whether it says that the artist is gone
 * @param source file and line it came from; null where not stated
 * @param origin where it lay
 * @param rawKey key as received, of a deletion only, which may still be rejected; else null
 * @param rawValue value as received, of a deletion only; else null
 */
record Update(
    String id,
    String name,
    List<String> genres,
    long followers,
    Integer popularity,
    long observedAt,
    boolean observedAtStated,
    boolean deleted,
    String source,
    Origin origin,
    Bytes rawKey,
    Bytes rawValue) {

  static Update of(String id, UpdateReader fields, Origin origin, Bytes rawKey, Bytes rawValue) {
    boolean stated = fields.observedAt() != null;
    long observedAt = stated ? fields.observedAt() : origin.timestamp();
    return fields.deleted()
        ? deletion(id, observedAt, stated, fields.source(), origin, rawKey, rawValue)
        : new Update(
            id,
            fields.name(),
            fields.genres(),
            fields.followers(),
            fields.popularity(),
            observedAt,
            stated,
            false,
            fields.source(),
            origin,
            null,
            null);
  }

  static Update deletion(
      String id,
      long observedAt,
      boolean observedAtStated,
      String source,
      Origin origin,
      Bytes rawKey,
      Bytes rawValue) {
    return new Update(
        id,
        null,
        List.of(),
        0,
        null,
        observedAt,
        observedAtStated,
        true,
        source,
        origin,
        rawKey,
        rawValue);
  }

  /** Key as received, or null. */
  byte[] keyBytes() {
    return rawKey == null ? null : rawKey.get();
  }

  /** Value as received, or null. */
  byte[] valueBytes() {
    return rawValue == null ? null : rawValue.get();
  }
}
