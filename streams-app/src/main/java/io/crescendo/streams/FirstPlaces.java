package io.crescendo.streams;

import io.crescendo.streams.GenreIndex.Rank;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The first places of a genre, so that its first artist is at hand while artists rise, fall, come
 * and go.
 *
 * <p>Exact as far as it goes: whoever is not here ranks after everyone who is. An artist that falls
 * behind the last place here is dropped, because others may lie between; so this may run empty, and
 * is then to be filled again.
 */
final class FirstPlaces {

  private final int most;
  private final List<Rank> places = new ArrayList<>(2);

  /**
   * @param most how many it holds
   */
  FirstPlaces(int most) {
    this.most = most;
  }

  /**
   * Follows a change of an artist.
   *
   * @param gave its place before; null where it joins
   * @param gives its place; null where it leaves
   * @param artistsBefore how many artists the genre had before
   */
  void apply(Rank gave, Rank gives, int artistsBefore) {
    boolean everyone = places.size() == artistsBefore;
    Rank last = places.isEmpty() ? null : places.get(places.size() - 1);
    if (gave != null && last != null && gave.compareTo(last) <= 0) {
      int at = Collections.binarySearch(places, gave);
      if (at >= 0) {
        places.remove(at);
      }
    }
    if (gives != null && (everyone || (last != null && gives.compareTo(last) <= 0))) {
      insert(gives);
    }
  }

  private void insert(Rank rank) {
    int at = Collections.binarySearch(places, rank);
    places.add(at < 0 ? -at - 1 : at, rank);
    if (places.size() > most) {
      places.remove(most);
    }
  }

  /** Starts over from all artists. */
  void fill(Iterable<Rank> all) {
    places.clear();
    for (Rank rank : all) {
      if (places.size() < most || rank.compareTo(places.get(most - 1)) < 0) {
        insert(rank);
      }
    }
  }

  /** From the first on. */
  List<Rank> list() {
    return places;
  }
}
