package io.crescendo.streams;

import io.crescendo.streams.GenreParts.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The genres of the artists of one partition, in memory: what they give to each, and in which order
 * they rank there. Nothing of it is stored, for it follows from the artists' states, from which it
 * is made when a task begins.
 *
 * <p>Takes some 80 bytes of heap for each genre of an artist.
 *
 * <p>Thread-safe: one thread enters changes, others may ask for first places meanwhile.
 */
final class GenreIndex {

  private final HomePartition home;
  private final Map<String, Standing> standings = new HashMap<>();
  private final List<Standing> changed = new ArrayList<>();
  private long version;

  GenreIndex(HomePartition home) {
    this.home = home;
  }

  /** An artist in the order of places. All genres of an artist share one. */
  record Rank(byte[] id, long followers) implements Comparable<Rank> {

    @Override
    public int compareTo(Rank other) {
      int byFollowers = Long.compare(other.followers, followers);
      return byFollowers != 0 ? byFollowers : Arrays.compareUnsigned(id, other.id);
    }

    /** The same with the artist's name. */
    Place named(Function<byte[], String> names) {
      return new Place(new String(id, StandardCharsets.UTF_8), names.apply(id), followers);
    }
  }

  private static final class Standing {

    private final String genre;
    private final int home;
    private final TreeSet<Rank> ranks = new TreeSet<>();
    private long followers;
    private long popularity;
    private long popularityStated;
    private long asOf = GenreTotal.NEVER;
    private long timestamp = GenreTotal.NEVER;
    private boolean changed;

    Standing(String genre, int home) {
      this.genre = genre;
      this.home = home;
    }

    /** Either may be null, where there is no such rank. */
    void replace(Rank gave, Integer stated, Rank gives, Integer states) {
      // Most of what trees cost is spared where an artist only changes its name or popularity.
      if (!(gave != null && gives != null && gave.followers() == gives.followers())) {
        if (gave != null) {
          ranks.remove(gave);
          followers -= gave.followers();
        }
        if (gives != null) {
          ranks.add(gives);
          followers += gives.followers();
        }
      }
      if (gave != null && stated != null) {
        popularity -= stated;
        popularityStated--;
      }
      if (gives != null && states != null) {
        popularity += states;
        popularityStated++;
      }
    }

    GenreTotal total(Function<byte[], String> names) {
      Place top = ranks.isEmpty() ? null : ranks.first().named(names);
      return new GenreTotal(ranks.size(), followers, popularity, popularityStated, top, asOf);
    }
  }

  /** Enters an artist of which nothing was entered. */
  synchronized void add(byte[] id, ArtistState state) {
    change(id, null, state, GenreTotal.NEVER);
  }

  /**
   * Enters what has become of an artist.
   *
   * @param before what was entered of it last; null where nothing was
   * @param timestamp of the update's record; {@link GenreTotal#NEVER} where it is not known
   */
  synchronized void change(byte[] id, ArtistState before, ArtistState after, long timestamp) {
    version += after.updates() - (before == null ? 0 : before.updates());
    List<String> had = genres(before);
    List<String> has = genres(after);
    if (had.isEmpty() && has.isEmpty()) {
      return;
    }
    boolean same =
        before != null
            && before.followers() == after.followers()
            && Objects.equals(before.popularity(), after.popularity())
            && Objects.equals(before.name(), after.name());
    if (same && had.equals(has)) {
      return;
    }
    Rank gave = had.isEmpty() ? null : new Rank(id, before.followers());
    Rank gives = has.isEmpty() ? null : new Rank(id, after.followers());
    Integer stated = had.isEmpty() ? null : before.popularity();
    for (String genre : had) {
      boolean stays = has.contains(genre);
      if (!(stays && same)) {
        changed(genre, after.observedAt(), timestamp)
            .replace(gave, stated, stays ? gives : null, after.popularity());
      }
    }
    for (String genre : has) {
      if (!had.contains(genre)) {
        changed(genre, after.observedAt(), timestamp)
            .replace(null, null, gives, after.popularity());
      }
    }
  }

  private static List<String> genres(ArtistState state) {
    return state == null || state.deleted() ? List.of() : state.genres();
  }

  private Standing changed(String genre, long observedAt, long timestamp) {
    Standing standing = standings.get(genre);
    if (standing == null) {
      standing = new Standing(genre, home.of(genre.getBytes(StandardCharsets.UTF_8)));
      standings.put(genre, standing);
    }
    standing.asOf = Math.max(standing.asOf, observedAt);
    standing.timestamp = Math.max(standing.timestamp, timestamp);
    if (!standing.changed) {
      standing.changed = true;
      changed.add(standing);
    }
    return standing;
  }

  /**
   * Number of all updates that the artists' states have seen, those of forgotten artists included.
   * So it grows with each, whoever owns the partition, and two owners with the same version know
   * the same; it is a logical clock by which genres ignore what an owner tells that was replaced.
   */
  synchronized long version() {
    return version;
  }

  synchronized boolean hasChanged() {
    return !changed.isEmpty();
  }

  /**
   * What is to be told of genres that have changed since this was asked before, by the partitions
   * of the genres.
   *
   * @param names names of artists, by their ids
   * @param now stands in for timestamps that are not known
   */
  synchronized List<List<Part>> takeChanged(Function<byte[], String> names, long now) {
    List<List<Part>> parts = new ArrayList<>();
    for (int i = 0; i < home.partitions(); i++) {
      parts.add(new ArrayList<>());
    }
    for (Standing standing : changed) {
      long timestamp = standing.timestamp == GenreTotal.NEVER ? now : standing.timestamp;
      parts.get(standing.home).add(new Part(standing.genre, standing.total(names), timestamp));
      standing.changed = false;
      standing.timestamp = GenreTotal.NEVER;
      if (standing.ranks.isEmpty()) {
        standings.remove(standing.genre);
      }
    }
    changed.clear();
    return parts;
  }

  /** The first artists of a genre, at most so many, in order. */
  synchronized List<Rank> top(String genre, int places) {
    Standing standing = standings.get(genre);
    return standing == null ? List.of() : standing.ranks.stream().limit(places).toList();
  }
}
