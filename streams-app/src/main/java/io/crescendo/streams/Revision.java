package io.crescendo.streams;

import io.crescendo.schemas.Artist;
import java.time.Instant;

/**
 * What one valid update does to an artist.
 *
 * <p>The newest observation wins. One that is not newer than the artist's newest is late: it is
 * told onward, but changes neither figures nor totals, so a file published twice changes nothing.
 * Only where the sender stated no time does an equal one still count as newer, for then the
 * record's timestamp stands in, and two lines typed within a millisecond are two observations.
 *
 * @param state what is known of the artist from now on
 * @param row the enriched update
 */
record Revision(ArtistState state, Artist row) {

  /**
   * Applies an update.
   *
   * @param before what was known; null for a new artist. An artist that was not seen must not be
   *     deleted here, see {@link #unseenDeleted}
   * @param update what came
   * @param now the clock, milliseconds since the epoch
   */
  static Revision of(ArtistState before, Update update, GenreFamilies families, long now) {
    if (before != null && !isNewer(update, before)) {
      ArtistState state = before.withOneMoreUpdate(update.observedAt());
      return new Revision(state, row(before, state, update, true, families));
    }
    ArtistState state = next(before, update, now);
    return new Revision(state, row(before, state, update, false, families));
  }

  /**
   * What is known after the deletion of an artist that was not seen. It is no accepted update, but
   * where it overtook the artist's figures on another partition, they must not revive the artist.
   */
  static ArtistState unseenDeleted(ArtistState before, Update deletion, long now) {
    if (before == null) {
      return ArtistState.deletedUnseen(deletion.observedAt(), 0, deletion.observedAt(), now);
    }
    return isNewer(deletion, before)
        ? ArtistState.deletedUnseen(
            deletion.observedAt(), before.updates(), before.firstSeenAt(), now)
        : before;
  }

  /** Whether an update counts, and not as late, where this is known of the artist. */
  static boolean isNewer(Update update, ArtistState known) {
    return update.observedAt() > known.observedAt()
        || (!update.observedAtStated() && update.observedAt() == known.observedAt());
  }

  private static ArtistState next(ArtistState before, Update update, long now) {
    long firstSeenAt =
        before == null || before.updates() == 0 ? update.observedAt() : before.firstSeenAt();
    long updates = before == null ? 1 : before.updates() + 1;
    return update.deleted()
        ? new ArtistState(
            before.name(),
            before.genres(),
            before.followers(),
            before.popularity(),
            update.observedAt(),
            firstSeenAt,
            updates,
            now)
        : new ArtistState(
            update.name(),
            update.genres(),
            update.followers(),
            update.popularity(),
            update.observedAt(),
            firstSeenAt,
            updates,
            ArtistState.PRESENT);
  }

  private static Artist row(
      ArtistState before, ArtistState after, Update update, boolean late, GenreFamilies families) {
    // A deletion states no figures: its row repeats the last known ones.
    boolean known = update.deleted();
    var genres = known ? after.genres() : update.genres();
    long followers = known ? after.followers() : update.followers();
    boolean replaced = before != null && before.seen() && !late;
    // Not the builder, which copies and checks every field once more.
    return new Artist(
        update.id(),
        known ? after.name() : update.name(),
        genres,
        genres.isEmpty() ? null : genres.get(0),
        genres.isEmpty() ? null : families.of(genres.get(0)),
        followers,
        known ? after.popularity() : update.popularity(),
        FollowerTier.of(followers).label(),
        replaced ? (Long) before.followers() : null,
        replaced ? (Long) (followers - before.followers()) : null,
        Instant.ofEpochMilli(after.firstSeenAt()),
        Instant.ofEpochMilli(update.observedAt()),
        Instant.ofEpochMilli(update.origin().timestamp()),
        after.updates(),
        late,
        update.deleted(),
        update.source());
  }
}
