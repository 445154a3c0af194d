package io.crescendo.csv.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Some 4,000 genres, the commonest first: {@code pop}, {@code rap}, {@code dance pop} … {@code
 * norwegian ambient}. A genre is a family, or a style or a place and a family. Each family grows at
 * a pace of its own, faster than in life, so that a few days show who rises and who falls.
 */
final class GenreVocabulary {

  static final int SIZE = 4_000;

  private static final double MORE = 0.48;
  private static final double SAME_FAMILY = 0.7;
  private static final int MOST = 12;
  private static final String OF_ONE_PLACE = "k-pop";

  /** Share by which followers grow in a day, by family. */
  private static final Map<String, Double> FAMILIES = families();

  private static final List<String> HEAD =
      List.of(
          "pop",
          "rap",
          "trap",
          "rock",
          "hip hop",
          "dance pop",
          "pop rap",
          "karaoke",
          "r&b",
          "k-pop",
          "southern hip hop",
          "edm",
          "classical",
          "classic rock",
          "urban latin",
          "latin trap",
          "urban r&b",
          "singer-songwriter folk",
          "atlanta hip hop",
          "soft rock",
          "electro house",
          "reggaeton",
          "hard rock",
          "soul",
          "country",
          "alternative r&b",
          "dirty south rap",
          "dancehall",
          "modern rock",
          "indie pop",
          "alternative metal",
          "sleep ambient",
          "children's music",
          "memphis hip hop",
          "deep house",
          "phonk");

  private static final String[] STYLES = {
    "acoustic",
    "afro",
    "alternative",
    "anthemic",
    "art",
    "avant-garde",
    "ballad",
    "bedroom",
    "bubblegum",
    "chamber",
    "chill",
    "christian",
    "cinematic",
    "classic",
    "conscious",
    "cosmic",
    "dance",
    "dark",
    "deep",
    "dream",
    "electro",
    "epic",
    "experimental",
    "festival",
    "free",
    "funky",
    "future",
    "garage",
    "gothic",
    "hard",
    "hyper",
    "indie",
    "industrial",
    "instrumental",
    "jangle",
    "lo-fi",
    "melodic",
    "mellow",
    "minimal",
    "modern",
    "neo",
    "new wave",
    "noise",
    "old school",
    "post",
    "progressive",
    "psychedelic",
    "retro",
    "slow",
    "soft",
    "space",
    "street",
    "symphonic",
    "traditional",
    "tropical",
    "underground",
    "vapor",
    "vintage",
    "vocal",
    "women's"
  };

  private static final String[] PLACES = {
    "argentine",
    "athens",
    "atlanta",
    "australian",
    "austin",
    "bavarian",
    "belgian",
    "berlin",
    "brazilian",
    "bristol",
    "canadian",
    "cape town",
    "chicago",
    "chilean",
    "colombian",
    "danish",
    "deep south",
    "detroit",
    "dutch",
    "east coast",
    "egyptian",
    "finnish",
    "french",
    "german",
    "ghanaian",
    "glasgow",
    "greek",
    "hungarian",
    "icelandic",
    "indonesian",
    "irish",
    "israeli",
    "italian",
    "japanese",
    "kenyan",
    "leeds",
    "london",
    "manchester",
    "melbourne",
    "memphis",
    "mexican",
    "nashville",
    "new orleans",
    "nigerian",
    "norwegian",
    "peruvian",
    "polish",
    "portuguese",
    "québécois",
    "scottish",
    "seattle",
    "spanish",
    "swedish",
    "swiss",
    "thai",
    "turkish",
    "uk",
    "ukrainian",
    "welsh",
    "west coast"
  };

  private final List<String> names = new ArrayList<>();
  private final Map<String, String> familyOf = new HashMap<>();
  private final Map<String, List<String>> byFamily = new LinkedHashMap<>();
  private final Map<String, Zipf> zipfOfFamily = new HashMap<>();
  private final Zipf zipf;

  GenreVocabulary() {
    HEAD.forEach(this::add);
    FAMILIES.keySet().forEach(this::add);
    List<String> composed = new ArrayList<>();
    for (String family : FAMILIES.keySet()) {
      for (String style : STYLES) {
        composed.add(style + " " + family);
      }
      for (String place : family.equals(OF_ONE_PLACE) ? new String[0] : PLACES) {
        composed.add(place + " " + family);
      }
    }
    // One fixed order: the vocabulary is the same whatever the seed of the artists.
    Collections.shuffle(composed, new Random(20_230_101));
    for (String name : composed) {
      if (names.size() < SIZE) {
        add(name);
      }
    }
    byFamily.forEach((family, members) -> zipfOfFamily.put(family, new Zipf(members.size())));
    zipf = new Zipf(names.size());
  }

  /** All genres, the commonest first. */
  List<String> names() {
    return Collections.unmodifiableList(names);
  }

  /** One genre or more, mostly of one family. */
  List<String> draw(Random random) {
    Set<String> genres = new LinkedHashSet<>();
    genres.add(names.get(zipf.draw(random)));
    String family = familyOf.get(genres.iterator().next());
    while (genres.size() < MOST && random.nextDouble() < MORE) {
      if (random.nextDouble() < SAME_FAMILY) {
        genres.add(byFamily.get(family).get(zipfOfFamily.get(family).draw(random)));
      } else {
        genres.add(names.get(zipf.draw(random)));
      }
    }
    return List.copyOf(genres);
  }

  /** Share by which the followers of a genre's artists grow in a day. */
  double growth(String genre) {
    return FAMILIES.get(familyOf.get(genre));
  }

  private void add(String name) {
    if (familyOf.containsKey(name)) {
      return;
    }
    String family =
        FAMILIES.keySet().stream()
            .filter(f -> name.equals(f) || name.endsWith(" " + f))
            .max((a, b) -> Integer.compare(a.length(), b.length()))
            .orElseThrow(() -> new IllegalStateException("no family for " + name));
    names.add(name);
    familyOf.put(name, family);
    byFamily.computeIfAbsent(family, f -> new ArrayList<>()).add(name);
  }

  private static Map<String, Double> families() {
    Map<String, Double> growth = new LinkedHashMap<>();
    growth.put("pop", 0.020);
    growth.put("rap", 0.026);
    growth.put("trap", 0.018);
    growth.put("rock", 0.006);
    growth.put("hip hop", 0.022);
    growth.put("r&b", 0.030);
    growth.put("k-pop", 0.065);
    growth.put("edm", 0.008);
    growth.put("classical", 0.003);
    growth.put("latin", 0.048);
    growth.put("reggaeton", 0.055);
    growth.put("house", 0.024);
    growth.put("techno", 0.028);
    growth.put("trance", 0.004);
    growth.put("dubstep", -0.012);
    growth.put("drum and bass", 0.036);
    growth.put("phonk", 0.085);
    growth.put("ambient", 0.014);
    growth.put("metal", 0.005);
    growth.put("punk", 0.002);
    growth.put("emo", 0.012);
    growth.put("folk", 0.016);
    growth.put("country", 0.034);
    growth.put("bluegrass", 0.010);
    growth.put("jazz", 0.007);
    growth.put("blues", -0.004);
    growth.put("soul", 0.009);
    growth.put("funk", 0.011);
    growth.put("disco", 0.019);
    growth.put("gospel", 0.013);
    growth.put("worship", 0.017);
    growth.put("reggae", 0.006);
    growth.put("dancehall", 0.029);
    growth.put("afrobeats", 0.075);
    growth.put("amapiano", 0.090);
    growth.put("salsa", 0.012);
    growth.put("cumbia", 0.038);
    growth.put("corrido", 0.080);
    growth.put("samba", 0.008);
    growth.put("bossa nova", 0.005);
    growth.put("flamenco", 0.010);
    growth.put("synthwave", 0.015);
    growth.put("shoegaze", 0.042);
    growth.put("choir", -0.002);
    growth.put("opera", -0.006);
    growth.put("soundtrack", 0.011);
    growth.put("karaoke", -0.015);
    growth.put("comedy", -0.008);
    growth.put("music", 0.004);
    growth.put("polka", -0.010);
    return growth;
  }
}
