package io.crescendo.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What an {@link ArtistFileReader} makes of a whole file. */
record ReadRows(List<ArtistRow> artists, List<Rejection> rejections) {

  static final String HEADER = "id,name,artist_popularity,artist_genres,followers\n";

  static ReadRows of(String file) throws IOException {
    return of(new TextSource(file), ReadingOptions.AUTOMATIC);
  }

  static ReadRows of(Source source, ReadingOptions options) throws IOException {
    ReadRows read = new ReadRows(new ArrayList<>(), new ArrayList<>());
    try (ArtistFileReader rows = ArtistFileReader.open(source, options)) {
      while (rows.next()) {
        if (rows.rejection() == null) {
          read.artists.add(rows.artist());
        } else {
          read.rejections.add(rows.rejection());
        }
      }
    }
    return read;
  }

  static List<ArtistRow> artists(String file) throws IOException {
    return of(file).artists;
  }

  static List<Rejection> rejections(String file) throws IOException {
    return of(file).rejections;
  }
}
