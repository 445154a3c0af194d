package io.crescendo.csv.generate;

import java.util.Locale;
import java.util.Random;

/**
 * Names as artists give themselves, made of common words. A small share is of the kind that breaks
 * careless parsers: quotes, commas, backslashes, dates, signs, other scripts, spaces at the end.
 */
final class ArtistNames {

  private static final double DIFFICULT = 0.03;

  private static final String[] FIRST = {
    "Ada", "Alba", "Amara", "Anouk", "Bao", "Birte", "Björn", "Camille", "Chidi", "Dariusz", "Elif",
    "Emeka", "Esi", "Fatou", "Femi", "Goran", "Hana", "Ines", "Ivo", "Jonas", "Kaito", "Karim",
    "Leila", "Lior", "Luz", "Maddie", "Marek", "Mateo", "Mina", "Nia", "Noor", "Olu", "Paloma",
    "Pavel", "Quinn", "Rafa", "Rosa", "Saoirse", "Sefa", "Sven", "Tariq", "Thảo", "Uma", "Vera",
    "Wen", "Yara", "Yusuf", "Zoë"
  };

  private static final String[] LAST = {
    "Abara", "Almeida", "Barros", "Castellan", "Dahl", "Diallo", "Eriksen", "Farouk", "Fontaine",
    "García", "Grünwald", "Hale", "Ibarra", "Jansen", "Kovač", "Laurent", "Lindqvist", "Mbeki",
    "Montrose", "Nakata", "O'Dwyer", "Okafor", "Petrov", "Quispe", "Ríos", "Sato", "Silva",
    "Tanaka", "Thorne", "Ueda", "Valente", "Whitlock", "Yilmaz", "Zeller", "d'Arcy"
  };

  private static final String[] ADJECTIVES = {
    "Amber",
    "Broken",
    "Burning",
    "Crimson",
    "Crooked",
    "Distant",
    "Electric",
    "Empty",
    "Faded",
    "Gilded",
    "Hollow",
    "Iron",
    "Late Night",
    "Little",
    "Lonely",
    "Lost",
    "Lunar",
    "Midnight",
    "Neon",
    "Northern",
    "Paper",
    "Quiet",
    "Rusty",
    "Sacred",
    "Silent",
    "Silver",
    "Slow",
    "Static",
    "Strange",
    "Velvet",
    "Wandering",
    "Wild"
  };

  private static final String[] NOUNS = {
    "Arcade",
    "Avenues",
    "Birds",
    "Bones",
    "Cassettes",
    "Coyotes",
    "Engines",
    "Fires",
    "Foxes",
    "Gardens",
    "Ghosts",
    "Harbour",
    "Hearts",
    "Horizon",
    "Kites",
    "Lanterns",
    "Machines",
    "Magnolias",
    "Mirrors",
    "Moths",
    "Oceans",
    "Owls",
    "Parade",
    "Pilots",
    "Radio",
    "Ravens",
    "Rivers",
    "Satellites",
    "Shadows",
    "Signals",
    "Sisters",
    "Skylines",
    "Tides",
    "Wolves"
  };

  private static final String[] OTHER_SCRIPTS = {
    "夜の電車",
    "서울의 밤",
    "Ночной Экспресс",
    "فرقة القمر",
    "Ο Ήχος",
    "वर्षा",
    "להקת הגשר",
    "Ŝtono",
    "Mötley Füx",
    "ΔΞLTA",
    "🎧 moonbeat",
    "ゆめ★くらげ",
    "N̈oise"
  };

  private ArtistNames() {}

  static String draw(Random random) {
    return random.nextDouble() < DIFFICULT ? difficult(random) : plain(random);
  }

  private static String plain(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> "The " + any(ADJECTIVES, random) + " " + any(NOUNS, random);
      case 1 -> any(ADJECTIVES, random) + " " + any(NOUNS, random);
      case 2 -> any(NOUNS, random);
      case 3 -> "DJ " + any(FIRST, random);
      case 4 -> any(FIRST, random) + " & The " + any(NOUNS, random);
      case 5 -> any(FIRST, random);
      case 6 -> "Lil " + any(NOUNS, random);
      case 7 -> any(NOUNS, random) + " of " + any(LAST, random);
      default -> any(FIRST, random) + " " + any(LAST, random);
    };
  }

  private static String difficult(Random random) {
    String name = plain(random);
    return switch (random.nextInt(14)) {
      case 0 -> name + " Trio \"" + any(NOUNS, random) + "\"";
      case 1 -> "\"" + name + "\"";
      case 2 -> any(LAST, random) + ", " + any(FIRST, random);
      case 3 -> any(OTHER_SCRIPTS, random);
      case 4 -> name + "  ";
      case 5 -> "\u200B" + name;
      case 6 -> Integer.toString(random.nextInt(1000));
      case 7 -> (1 + random.nextInt(12)) + "/" + (1 + random.nextInt(31));
      case 8 -> name.toUpperCase(Locale.ROOT) + "\\\\";
      case 9 -> "+-@=".charAt(random.nextInt(4)) + name;
      case 10 -> "THE /\\" + any(NOUNS, random);
      case 11 -> random.nextBoolean() ? "N/A" : "None";
      case 12 -> "E" + random.nextInt(100);
      default -> ensemble(random);
    };
  }

  private static String ensemble(Random random) {
    StringBuilder players = new StringBuilder(any(FIRST, random) + " " + any(LAST, random));
    for (int i = 2 + random.nextInt(7); i > 0; i--) {
      players.append(", ").append(any(FIRST, random)).append(' ').append(any(LAST, random));
    }
    return players.toString();
  }

  private static String any(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }
}
