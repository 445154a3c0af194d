package io.crescendo.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds sources that have appeared or changed since it last looked. One that is still being written
 * is left for later: it counts as there when two looks in a row find it the same.
 */
final class Watch {

  private final Supplier<List<Source>> sources;
  private final Set<String> done = new HashSet<>();
  private Set<String> before = new HashSet<>();

  /**
   * Watches.
   *
   * @param sources what is there at the moment
   */
  Watch(Supplier<List<Source>> sources) {
    this.sources = sources;
  }

  /** Sources to publish now; each is given until it is {@link #done}. */
  List<Source> look() {
    Map<String, Source> now = new HashMap<>();
    List<Source> ready = new ArrayList<>();
    for (Source source : sources.get()) {
      String stamp = source.stamp();
      now.put(stamp, source);
      if (before.contains(stamp) && !done.contains(stamp)) {
        ready.add(source);
      }
    }
    before = now.keySet();
    done.retainAll(before); // what is gone and comes back is looked at again
    return ready;
  }

  /** Does not give a source again before it has changed. */
  void done(Source source) {
    done.add(source.stamp());
  }
}
