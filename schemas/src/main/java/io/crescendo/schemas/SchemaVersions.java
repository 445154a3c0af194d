package io.crescendo.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Versions of the pipeline's schemas that were shipped: resources such as {@code
 * avro/genre-followers.1.avsc}, numbered from 1. Topics keep records for weeks, those of compacted
 * ones for ever, and a record in single-object encoding names its schema by a fingerprint alone.
 */
public final class SchemaVersions {

  private SchemaVersions() {}

  /** All versions of a schema of the pipeline, the oldest first, the last being that of now. */
  public static List<Schema> of(Schema schema) {
    List<Schema> versions = new ArrayList<>();
    String base = schema.getName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    for (int number = 1; ; number++) {
      String resource = "/avro/%s.%s.avsc".formatted(base, number);
      try (InputStream in = SchemaVersions.class.getResourceAsStream(resource)) {
        if (in == null) {
          return List.copyOf(versions);
        }
        versions.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException(resource + " cannot be read", e);
      }
    }
  }

  /** Those that write other bytes than the schema of now. */
  public static List<Schema> earlier(Schema schema) {
    long now = SchemaNormalization.parsingFingerprint64(schema);
    return of(schema).stream()
        .filter(version -> SchemaNormalization.parsingFingerprint64(version) != now)
        .toList();
  }
}
