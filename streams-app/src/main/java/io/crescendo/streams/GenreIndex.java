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

    Place named(String name) {
      return new Place(new String(id, StandardCharsets.UTF_8), name, followers);
    }
  }

  /** What an artist gives to each of its genres. */
  private record Gift(Rank rank, String name, Integer popularity) {

    /** Null where there is none. */
    static Gift of(byte[] id, ArtistState state) {
      return genres(state).isEmpty()
          ? null
          : new Gift(new Rank(id, state.followers()), state.name(), state.popularity());
    }

    boolean isSameAs(Gift other) {
      return rank.followers() == other.rank.followers()
          && Objects.equals(popularity, other.popularity)
          && name.equals(other.name);
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

    /** The first, as far as its name is known: it is looked up only where the first one fell. */
    private Rank top;

    private String topName;

    Standing(String genre, int home) {
      this.genre = genre;
      this.home = home;
    }

    /** Either may be null, where the artist joins or leaves. */
    void replace(Gift gave, Gift gives) {
      boolean staysInPlace =
          gave != null && gives != null && gave.rank.followers() == gives.rank.followers();
      if (gave != null) {
        followers -= gave.rank.followers();
        popularity -= gave.popularity == null ? 0 : gave.popularity;
        popularityStated -= gave.popularity == null ? 0 : 1;
        if (!staysInPlace) {
          ranks.remove(gave.rank);
        }
      }
      if (gives != null) {
        followers += gives.rank.followers();
        popularity += gives.popularity == null ? 0 : gives.popularity;
        popularityStated += gives.popularity == null ? 0 : 1;
        if (!staysInPlace) {
          ranks.add(gives.rank);
        }
        if (gives.rank.compareTo(ranks.first()) == 0) {
          top = gives.rank;
          topName = gives.name;
        }
      }
    }

    GenreTotal total(Function<byte[], String> names) {
      return new GenreTotal(
          ranks.size(), followers, popularity, popularityStated, top(names), asOf);
    }

    private Place top(Function<byte[], String> names) {
      if (ranks.isEmpty()) {
        return null;
      }
      Rank first = ranks.first();
      if (top == null || top.compareTo(first) != 0) {
        top = first;
        topName = names.apply(first.id());
      }
      return first.named(topName);
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
    Gift gave = Gift.of(id, before);
    Gift gives = Gift.of(id, after);
    boolean same = gave != null && gives != null && gave.isSameAs(gives);
    if (same && had.equals(has)) {
      return;
    }
    for (String genre : had) {
      boolean stays = has.contains(genre);
      if (!(stays && same)) {
        changed(genre, after.observedAt(), timestamp).replace(gave, stays ? gives : null);
      }
    }
    for (String genre : has) {
      if (!had.contains(genre)) {
        changed(genre, after.observedAt(), timestamp).replace(null, gives);
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
   * @param standIn for timestamps that are not known
   */
  synchronized List<List<Part>> takeChanged(Function<byte[], String> names, long standIn) {
    List<List<Part>> parts = new ArrayList<>();
    for (int i = 0; i < home.partitions(); i++) {
      parts.add(new ArrayList<>());
    }
    for (Standing standing : changed) {
      long timestamp = standing.timestamp == GenreTotal.NEVER ? standIn : standing.timestamp;
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
