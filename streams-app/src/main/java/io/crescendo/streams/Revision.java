package io.crescendo.streams;

import io.crescendo.schemas.Artist;
import io.crescendo.streams.GenreChange.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
 * @param changes what it changes in genres that it joins, stays in or leaves; empty for a late one
 */
record Revision(ArtistState state, Artist row, List<GenreChange> changes) {

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
      return new Revision(state, row(before, state, update, true, families), List.of());
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

  private static List<GenreChange> changes(ArtistState before, ArtistState after, Update update) {
    boolean there = before != null && !before.deleted();
    List<String> had = there ? before.genres() : List.of();
    List<String> has = after.deleted() ? List.of() : after.genres();
    if (had.isEmpty() && has.isEmpty()) {
      return List.of();
    }
    Share gave = there ? share(before) : null;
    Share gives = share(after);
    List<String> joined = without(has, had);
    List<GenreChange> changes = new ArrayList<>(1);
    add(changes, update, null, gave, null, without(had, has));
    add(changes, update, after.name(), null, gives, joined);
    if (there && !(gives.equals(gave) && after.name().equals(before.name()))) {
      add(changes, update, after.name(), gave, gives, without(has, joined));
    }
    return changes;
  }

  private static List<String> without(List<String> genres, List<String> others) {
    if (genres.equals(others)) {
      return List.of();
    }
    if (genres.isEmpty() || others.isEmpty()) {
      return genres;
    }
    Set<String> left = new LinkedHashSet<>(genres);
    others.forEach(left::remove);
    return List.copyOf(left);
  }

  private static void add(
      List<GenreChange> changes,
      Update update,
      String name,
      Share before,
      Share after,
      List<String> genres) {
    if (!genres.isEmpty()) {
      changes.add(new GenreChange(update.id(), name, before, after, genres, update.observedAt()));
    }
  }

  private static Share share(ArtistState state) {
    return new Share(state.followers(), state.popularity());
  }
}
