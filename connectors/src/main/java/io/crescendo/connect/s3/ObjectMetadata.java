package io.crescendo.connect.s3;

import io.crescendo.connect.s3.parquet.Compatibility;
import io.crescendo.connect.s3.protocol.FileRange;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * What the sink writes beside an object, and reads when it meets one.
 *
 * @param compatibility which rows share a file
 */
record ObjectMetadata(Compatibility compatibility) {

  private static final String FIRST = "first-offset";
  private static final String LAST = "last-offset";
  private static final String ROWS = "rows";
  private static final String UPLOAD = "upload";
  private static final String COMPATIBILITY = "schema-compatibility";

  /**
   * What is written.
   *
   * @param upload names the upload
   */
  Map<String, String> of(FileRange file, String upload) {
    return Map.of(
        FIRST, Long.toString(file.first()),
        LAST, Long.toString(file.last()),
        ROWS, Long.toString(file.rows()),
        UPLOAD, upload,
        COMPATIBILITY, compatibility.name());
  }

  /** Whether that upload created the object. */
  static boolean isOf(String upload, Map<String, String> metadata) {
    return upload.equals(metadata.get(UPLOAD));
  }

  /**
   * Last offset of an object in the place of one that starts at that offset.
   *
   * @throws ConnectException if this sink has not written it, or with settings under which its
   *     offsets mean other rows
   */
  long lastOffset(String key, long first, Map<String, String> metadata) {
    String written = metadata.getOrDefault(COMPATIBILITY, compatibility.name());
    if (written.equals(Compatibility.NONE.name()) != (compatibility == Compatibility.NONE)) {
      throw new ConnectException(
          "Object %s was landed with schema.compatibility=%s, which puts other rows into it than %s"
                  .formatted(key, written, compatibility)
              + " does; going on would land rows twice or not at all. Set it back until the"
              + " connector has committed what has landed, or set another topics.dir");
    }
    try {
      long last = Long.parseLong(metadata.getOrDefault(LAST, ""));
      if (last >= first) {
        return last;
      }
    } catch (NumberFormatException e) {
      // Not ours, as below.
    }
    throw new ConnectException(
        "Object %s exists, but was not written by this sink: its %s is %s, where a number from %s on"
                .formatted(key, LAST, metadata.get(LAST), first)
            + " is expected; nothing was overwritten. Move it away, or set another topics.dir");
  }
}
