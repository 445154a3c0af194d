package io.crescendo.streams;

import io.crescendo.streams.GenreParts.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;

/**
 * The genres of the artists of one partition, in memory: what they give to each, who they are, and
 * which of them come first. Nothing of it is stored, for it follows from the artists' states, from
 * which it is made when a task begins.
 *
 * <p>Takes some 160 bytes of heap for each genre of an artist.
 *
 * <p>Thread-safe: one thread enters and takes changes, others may ask for first places meanwhile.
 */
final class GenreIndex {

  /**
   * So many places are at hand. Most genres have fewer artists in a partition, and who asks for the
   * first ten, as one does, gets them without a look at all.
   */
  static final int FIRST_PLACES = 16;

  private final HomePartition home;
  private final int firstPlaces;
  private final Map<String, Standing> standings = new HashMap<>();
  private final List<Standing> changed = new ArrayList<>();
  private long version;

  GenreIndex(HomePartition home) {
    this(home, FIRST_PLACES);
  }

  GenreIndex(HomePartition home, int firstPlaces) {
    this.home = home;
    this.firstPlaces = firstPlaces;
  }

  /** An artist in the order of places. All genres of an artist share one. */
  record Rank(Bytes id, long followers) implements Comparable<Rank> {

    @Override
    public int compareTo(Rank other) {
      int byFollowers = Long.compare(other.followers, followers);
      return byFollowers != 0 ? byFollowers : id.compareTo(other.id);
    }
  }

  /** What an artist gives to each of its genres. */
  private record Gift(Rank rank, String name, Integer popularity) {

    /** Null where there is none. */
    static Gift of(Bytes id, ArtistState state) {
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
    private final Set<Bytes> artists = new HashSet<>(4);
    private final FirstPlaces places;
    private long followers;
    private long popularity;
    private long popularityStated;
    private long asOf = GenreTotal.NEVER;
    private long timestamp = GenreTotal.NEVER;
    private boolean changed;

    /** The first, while its name is known: it is looked up only where another one fell. */
    private Rank top;

    private String topName;

    Standing(String genre, int home, int firstPlaces) {
      this.genre = genre;
      this.home = home;
      this.places = new FirstPlaces(firstPlaces);
    }

    /** Either may be null, where the artist joins or leaves. */
    void replace(Gift gave, Gift gives) {
      boolean staysInPlace =
          gave != null && gives != null && gave.rank.followers() == gives.rank.followers();
      if (!staysInPlace) {
        places.apply(rank(gave), rank(gives), artists.size());
      }
      if (gave != null) {
        followers -= gave.rank.followers();
        popularity -= gave.popularity == null ? 0 : gave.popularity;
        popularityStated -= gave.popularity == null ? 0 : 1;
        if (gives == null) {
          artists.remove(gave.rank.id());
        }
        if (top != null && top.id().equals(gave.rank.id())) {
          top = null;
        }
      }
      if (gives != null) {
        followers += gives.rank.followers();
        popularity += gives.popularity == null ? 0 : gives.popularity;
        popularityStated += gives.popularity == null ? 0 : 1;
        if (gave == null) {
          artists.add(gives.rank.id());
        }
        if (!places.list().isEmpty() && gives.rank.compareTo(places.list().get(0)) == 0) {
          top = gives.rank;
          topName = gives.name;
        }
      }
    }

    private static Rank rank(Gift gift) {
      return gift == null ? null : gift.rank;
    }

    GenreTotal total(Function<Bytes, ArtistState> states) {
      return new GenreTotal(
          artists.size(), followers, popularity, popularityStated, top(states), asOf);
    }

    private Place top(Function<Bytes, ArtistState> states) {
      if (artists.isEmpty()) {
        return null;
      }
      if (places.list().isEmpty()) {
        places.fill(
            () ->
                artists.stream().map(id -> new Rank(id, states.apply(id).followers())).iterator());
      }
      Rank first = places.list().get(0);
      if (top == null || top.compareTo(first) != 0) {
        top = first;
        topName = states.apply(first.id()).name();
      }
      return Place.of(first.id(), topName, first.followers());
    }

    /** Those among whom the first artists are, at least. */
    List<Bytes> candidates(int most) {
      List<Rank> first = places.list();
      return most <= first.size() || first.size() == artists.size()
          ? first.stream().limit(most).map(Rank::id).toList()
          : List.copyOf(artists);
    }
  }

  /** Enters an artist of which nothing was entered. */
  synchronized void add(Bytes id, ArtistState state) {
    change(id, null, state, GenreTotal.NEVER);
  }

  /**
   * Enters what has become of an artist.
   *
   * @param before what was entered of it last; null where nothing was
   * @param timestamp of the update's record; {@link GenreTotal#NEVER} where it is not known
   */
  synchronized void change(Bytes id, ArtistState before, ArtistState after, long timestamp) {
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
      standing = new Standing(genre, home.of(genre.getBytes(StandardCharsets.UTF_8)), firstPlaces);
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
   * @param states states of artists, in which all is that was entered here
   * @param standIn for timestamps that are not known
   */
  synchronized List<List<Part>> takeChanged(Function<Bytes, ArtistState> states, long standIn) {
    List<List<Part>> parts = new ArrayList<>();
    for (int i = 0; i < home.partitions(); i++) {
      parts.add(new ArrayList<>());
    }
    for (Standing standing : changed) {
      long timestamp = standing.timestamp == GenreTotal.NEVER ? standIn : standing.timestamp;
      parts.get(standing.home).add(new Part(standing.genre, standing.total(states), timestamp));
      standing.changed = false;
      standing.timestamp = GenreTotal.NEVER;
      if (standing.artists.isEmpty()) {
        standings.remove(standing.genre);
      }
    }
    changed.clear();
    return parts;
  }

  /**
   * The first artists of a genre, at most so many, in order.
   *
   * @param states states of artists, by which they are ranked
   */
  List<Place> top(String genre, int places, Function<Bytes, ArtistState> states) {
    // Not under the lock: many may have to be looked up.
    return candidates(genre, places).stream()
        .map(id -> place(id, genre, states.apply(id)))
        .filter(Objects::nonNull)
        .sorted()
        .limit(places)
        .toList();
  }

  private synchronized List<Bytes> candidates(String genre, int most) {
    Standing standing = standings.get(genre);
    return standing == null ? List.of() : standing.candidates(most);
  }

  /** Null where the artist has left the genre since. */
  private static Place place(Bytes id, String genre, ArtistState state) {
    return genres(state).contains(genre) ? Place.of(id, state.name(), state.followers()) : null;
  }
}
