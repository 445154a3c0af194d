package io.crescendo.csv.generate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Ways in which people write artist files, each seen in public. */
public enum FileShape {
  /** A crawl: the list of all genres, and the first seven of them in columns. */
  CRAWL(
      ',',
      "id,name,artist_popularity,artist_genres,followers,genre_0,genre_1,genre_2,genre_3,genre_4,genre_5,genre_6") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  a.id(),
                  a.name(),
                  Integer.toString(a.popularity()),
                  python(a.genres(), ""),
                  Long.toString(a.followers())));
      addSpread(cells, a.genres(), 7);
      return cells;
    }
  },
  /** Only the first genre, in a column of its own. */
  ONE_GENRE(',', "id,name,artist_popularity,followers,genre") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      String genre = a.genres().isEmpty() ? "" : a.genres().get(0);
      return List.of(a.id(), a.name(), "" + a.popularity(), "" + a.followers(), genre);
    }
  },
  /** Underscores between the cells. */
  UNDERSCORES('_', "id_name_genres_followers_popularity") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      return List.of(
          a.id(), a.name(), python(a.genres(), ""), "" + a.followers(), "" + a.popularity());
    }
  },
  /** An index column that is called id, before that of the ids. */
  NUMBERED(',', "id,artist_id,name,genres,followers,popularity") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      return List.of(
          "" + row,
          a.id(),
          a.name(),
          python(a.genres(), ""),
          "" + a.followers(),
          "" + a.popularity());
    }
  },
  /** Followers as {@code 12.0}. */
  DATASET(',', "id,followers,genres,name,popularity") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      return List.of(
          a.id(), a.followers() + ".0", python(a.genres(), ""), a.name(), "" + a.popularity());
    }
  },
  /** An index column without a name in front, a byte order mark, CR LF. */
  INDEXED(',', ",id,followers,genres,name,popularity") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(row)));
      cells.addAll(DATASET.cells(a, row));
      return cells;
    }

    @Override
    String beginning() {
      return "\uFEFF";
    }

    @Override
    String lineEnd() {
      return "\r\n";
    }
  },
  /** Tabs; followers in groups of three; genres after commas. */
  TABS('\t', "artist_id\tname\tfollowers\tpopularity\tartist_type\tmain_genre\tgenres\timage_url") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      return List.of(
          a.id(),
          a.name(),
          String.format(Locale.ROOT, "%,d", a.followers()),
          "" + a.popularity(),
          "artist",
          a.genres().isEmpty() ? "-" : a.genres().get(0),
          a.genres().isEmpty() ? "-" : String.join(", ", a.genres()),
          "-");
    }
  },
  /** Genres between semicolons. */
  JOINED(',', "id,genres,name,popularity,type,uri,total_followers") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      return List.of(
          a.id(),
          String.join(";", a.genres()),
          a.name(),
          "" + a.popularity(),
          "artist",
          "spotify:artist:" + a.id(),
          "" + a.followers());
    }
  },
  /** No column of ids. */
  NO_ID(',', "Artist,Followers,Genres,Popularity") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      return List.of(
          a.name(), "" + a.followers(), String.join(", ", a.genres()), "" + a.popularity());
    }
  },
  /** Followers in the dictionary of the web API; lists of Python 2. */
  NESTED(',', "artist_id,artist_name,genres,followers,popularity") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      return List.of(
          a.id(),
          a.name(),
          python(a.genres(), "u"),
          "{'href': None, 'total': " + a.followers() + "}",
          "" + a.popularity());
    }
  },
  /** A genre in each of several columns, with what is left of a list that was cut. */
  SPREAD(
      ',',
      "id,name,followers,popularity,genres_1,genres_2,genres_3,genres_4,genres_5,genres_6,genres_7,genres_8,genres_9") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      List<String> cells =
          new ArrayList<>(List.of(a.id(), a.name(), "" + a.followers(), "" + a.popularity()));
      List<String> genres = new ArrayList<>();
      for (int i = 0; i < a.genres().size(); i++) {
        genres.add((i == 0 ? "['" : " '") + a.genres().get(i) + "'");
      }
      addSpread(cells, genres, 9);
      return cells;
    }
  },
  /** Semicolons, and a header in Spanish, which needs a mapping. */
  FOREIGN(';', "codigo;nombre;seguidores;generos;popularidad") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      return List.of(
          a.id(),
          a.name(),
          String.format(Locale.GERMANY, "%,d", a.followers()).replace('.', '\u00A0'),
          String.join("|", a.genres()),
          "" + a.popularity());
    }
  },
  /** Pipes; genres as PostgreSQL prints arrays. */
  BRACES('|', "id|name|genres|followers|popularity") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      String genres =
          a.genres().stream().map(g -> '"' + g + '"').collect(Collectors.joining(",", "{", "}"));
      return List.of(a.id(), a.name(), genres, "" + a.followers(), "" + a.popularity());
    }
  },
  /** JSON arrays, in UTF-16 with a byte order mark, as spreadsheets export "Unicode text". */
  UTF_16('\t', "id\tname\tgenres\tfollowers\tpopularity") {
    @Override
    List<String> cells(GeneratedArtist a, int row) {
      String genres =
          a.genres().stream().map(g -> '"' + g + '"').collect(Collectors.joining(",", "[", "]"));
      return List.of(a.id(), a.name(), genres, "" + a.followers(), "" + a.popularity());
    }

    @Override
    String beginning() {
      return "\uFEFF";
    }

    @Override
    Charset charset() {
      return StandardCharsets.UTF_16LE;
    }
  };

  private static final Set<String> NAMES = Set.of("name", "artist_name", "Artist", "nombre");

  private final char separator;
  private final List<String> header;

  FileShape(char separator, String header) {
    this.separator = separator;
    this.header =
        Arrays.asList(header.split(java.util.regex.Pattern.quote(String.valueOf(separator))));
  }

  /** The cells of an artist in the order of the header. */
  abstract List<String> cells(GeneratedArtist artist, int row);

  char separator() {
    return separator;
  }

  List<String> header() {
    return header;
  }

  /** Index of the column that holds the name. */
  int nameColumn() {
    return header.indexOf(header.stream().filter(NAMES::contains).findFirst().orElseThrow());
  }

  /** What stands before the header. */
  String beginning() {
    return "";
  }

  String lineEnd() {
    return "\n";
  }

  Charset charset() {
    return StandardCharsets.UTF_8;
  }

  /** What options call it, such as {@code no-id}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As Python prints it: double quotes around what has a single one in it. */
  private static String python(List<String> items, String prefix) {
    return items.stream()
        .map(item -> prefix + (item.indexOf('\'') < 0 ? "'" + item + "'" : '"' + item + '"'))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static void addSpread(List<String> cells, List<String> genres, int columns) {
    for (int i = 0; i < columns; i++) {
      cells.add(i < genres.size() ? genres.get(i) : "");
    }
  }
}
