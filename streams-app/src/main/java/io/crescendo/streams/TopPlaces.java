package io.crescendo.streams;

import io.crescendo.streams.GenreRanking.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The first places of a genre, in memory, so that its first artist is at hand while artists rise,
 * fall, come and go.
 *
 * <p>Exact as far as it goes: whoever is not here ranks after everyone who is. An artist that falls
 * behind the last place here is dropped, because others may lie between; so this may run empty, and
 * is then to be filled from the ranking.
 */
final class TopPlaces {

  static final int MOST = 8;

  private final List<Place> places = new ArrayList<>(MOST + 1);

  /** Starts from the places that are known, at most {@link #MOST}. */
  TopPlaces(List<Place> known) {
    places.addAll(known);
  }

  /**
   * Follows a change that is in the ranking.
   *
   * @param wasThere whether the artist carried the genre before it
   * @param artistsBefore how many artists did
   */
  void apply(GenreChange change, boolean wasThere, long artistsBefore) {
    boolean everyone = places.size() == artistsBefore;
    Place last = places.isEmpty() ? null : places.get(places.size() - 1);
    if (wasThere) {
      places.removeIf(place -> place.artist().equals(change.artist()));
    }
    if (change.after() != null) {
      Place place = new Place(change.artist(), change.name(), change.after().followers());
      if (everyone || (last != null && place.compareTo(last) <= 0)) {
        insert(place);
      }
    }
  }

  private void insert(Place place) {
    int at = places.size();
    while (at > 0 && place.compareTo(places.get(at - 1)) < 0) {
      at--;
    }
    places.add(at, place);
    if (places.size() > MOST) {
      places.remove(MOST);
    }
  }

  /** The first place; null where none is known. */
  Place first() {
    return places.isEmpty() ? null : places.get(0);
  }
}
