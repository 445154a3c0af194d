package io.crescendo.csv;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of artists as files write them, and ids made from names. */
final class ArtistId {

  private static final String URI = "spotify:artist:";
  // with the language that the web player puts into it, and what it tracks
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https?://(?:open\\.spotify\\.com/(?:intl-[A-Za-z-]{1,9}/)?artist|api\\.spotify\\.com/v1/artists)"
              + "/([^/?#]*).*",
          Pattern.DOTALL);
  private static final String MADE = "name-";
  private static final int BYTES = 10;

  private ArtistId() {}

  /** The id in a cell, which may be a URI or an address; its own text if it is neither. */
  static String in(String cell) {
    String id = cell.strip();
    if (id.indexOf(':') < 0) {
      return id;
    }
    if (id.startsWith(URI)) {
      int query = id.indexOf('?');
      return id.substring(URI.length(), query < 0 ? id.length() : query);
    }
    Matcher address = ADDRESS.matcher(id);
    return address.matches() ? address.group(1) : id;
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
