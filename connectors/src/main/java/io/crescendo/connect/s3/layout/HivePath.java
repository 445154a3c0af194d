package io.crescendo.connect.s3.layout;

import java.util.Locale;

/**
 * Values as part of a path, in Hive's way: what could end the level or leave it is written {@code
 * %XX}.
 *
 * @see <a
 *     href="https://github.com/apache/hive/blob/master/common/src/java/org/apache/hadoop/hive/common/FileUtils.java">
 *     FileUtils.escapePathName</a>
 */
final class HivePath {

  /** What Hive, Athena and Trino read as null. */
  static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private static final String RESERVED = "\"#%'*/:=?\\{[]^";
  private static final char DELETE = 0x7f;

  private HivePath() {}

  static String escape(Object value) {
    String text = value == null ? "" : value.toString();
    if (text.isEmpty()) {
      return NULL;
    }
    StringBuilder escaped = new StringBuilder(text.length());
    boolean dots = text.equals(".") || text.equals("..");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (dots || c < ' ' || c == DELETE || RESERVED.indexOf(c) >= 0) {
        escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
