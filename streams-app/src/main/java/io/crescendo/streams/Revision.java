package io.crescendo.streams;

import io.crescendo.schemas.Artist;
import io.crescendo.streams.GenreChange.Share;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

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
 * @param changes what it changes in which genre, genres it leaves included; empty for a late one
 */
record Revision(ArtistState state, Artist row, Map<String, GenreChange> changes) {

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
      return new Revision(state, row(before, state, update, true, families), Map.of());
    }
    ArtistState state = next(before, update, now);
    return new Revision(
        state, row(before, state, update, false, families), changes(before, state, update));
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
    Artist.Builder row = Artist.newBuilder();
    row.setId(update.id());
    row.setName(known ? after.name() : update.name());
    row.setGenres(genres);
    row.setPrimaryGenre(genres.isEmpty() ? null : genres.get(0));
    row.setGenreFamily(genres.isEmpty() ? null : families.of(genres.get(0)));
    row.setFollowers(followers);
    row.setPopularity(known ? after.popularity() : update.popularity());
    row.setFollowerTier(FollowerTier.of(followers).label());
    row.setPreviousFollowers(replaced ? (Long) before.followers() : null);
    row.setFollowersDelta(replaced ? (Long) (followers - before.followers()) : null);
    row.setFirstSeenAt(Instant.ofEpochMilli(after.firstSeenAt()));
    row.setObservedAt(Instant.ofEpochMilli(update.observedAt()));
    row.setIngestedAt(Instant.ofEpochMilli(update.origin().timestamp()));
    row.setUpdateNumber(after.updates());
    row.setLate(late);
    row.setDeleted(update.deleted());
    row.setSource(update.source());
    return row.build();
  }

  private static Map<String, GenreChange> changes(
      ArtistState before, ArtistState after, Update update) {
    Map<String, GenreChange> changes = new LinkedHashMap<>();
    Share taken = before == null || before.deleted() ? null : share(before);
    Share given = after.deleted() ? null : share(after);
    if (taken != null) {
      for (String genre : before.genres()) {
        changes.put(genre, new GenreChange(update.id(), taken, null, update.observedAt()));
      }
    }
    if (given != null) {
      for (String genre : after.genres()) {
        Share had = changes.containsKey(genre) ? taken : null;
        if (given.equals(had)) {
          changes.remove(genre);
        } else {
          changes.put(genre, new GenreChange(update.id(), had, given, update.observedAt()));
        }
      }
    }
    return changes;
  }

  private static Share share(ArtistState state) {
    return new Share(state.name(), state.followers(), state.popularity());
  }
}
