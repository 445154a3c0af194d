package io.crescendo.csv;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Ids of artists as files write them, and ids made from names. */
final class ArtistId {

  private static final List<String> PREFIXES =
      List.of(
          "spotify:artist:",
          "https://open.spotify.com/artist/",
          "http://open.spotify.com/artist/",
          "https://api.spotify.com/v1/artists/");
  private static final String MADE = "name-";
  private static final int BYTES = 10;

  private ArtistId() {}

  /** The id in a cell, which may be a URI or an address; its own text if it is neither. */
  static String in(String cell) {
    String id = cell.strip();
    if (id.indexOf(':') < 0) {
      return id;
    }
    for (String prefix : PREFIXES) {
      if (id.startsWith(prefix)) {
        int query = id.indexOf('?');
        return id.substring(prefix.length(), query < 0 ? id.length() : query);
      }
    }
    return id;
  }

  /**
   * An id that follows from a name alone, such as {@code name-3f1c…}: the beginning of the SHA-256
   * of the name in NFKC, lower case, without space around it. Two artists of one name share it.
   */
  static String fromName(String name) {
    String normal =
        Normalizer.normalize(name.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(normal.getBytes(StandardCharsets.UTF_8));
      return MADE + HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
