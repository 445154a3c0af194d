package io.crescendo.connect.s3.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * Which rows may share a file, and which schema that file has: {@code schema.compatibility}, with
 * the meanings of Confluent's sinks.
 *
 * <p>Versions go by the order of {@code avro.schemas} and the registry's id on the fast path, and
 * by the schema's version on the general one. Rows of differently named schemas never share a file,
 * nor do those of schemas without a version.
 */
public enum Compatibility {

  /** Only rows of the same schema. */
  NONE,

  /** Older rows become rows of the newest schema of the file. */
  BACKWARD,

  /** Newer rows become rows of the oldest schema of the file. */
  FORWARD,

  /** As {@link #BACKWARD}; and each schema can read the rows of every other. */
  FULL;

  /**
   * What is equal for rows that may share a file. It follows from the row's own schema: one without
   * a version has files of its own, as nothing says what is newer.
   */
  public Object shared(RowType type) {
    return this == NONE || type.version().isEmpty() ? type : type.name();
  }

  /**
   * Whether a file with rows of both types has the first one. Of two types that state the same
   * version, neither is: the rows of one would lose columns in the other.
   */
  public boolean prefers(RowType type, RowType other) {
    int order = Integer.compare(version(type), version(other));
    return this == FORWARD ? order < 0 : order > 0;
  }

  private static int version(RowType type) {
    return type.version().orElse(0);
  }

  /**
   * What keeps schemas from sharing files.
   *
   * @param schemas oldest first
   * @return one sentence for each pair of the same name that does not go together
   */
  public List<String> problems(List<Schema> schemas) {
    List<String> problems = new ArrayList<>();
    Map<String, List<Schema>> versions =
        schemas.stream()
            .collect(
                Collectors.groupingBy(
                    Schema::getFullName, LinkedHashMap::new, Collectors.toList()));
    for (List<Schema> named : versions.values()) {
      for (int newer = 1; newer < named.size(); newer++) {
        for (int older = 0; older < newer; older++) {
          if (this == BACKWARD || this == FULL) {
            compare(named, newer, older, problems);
          }
          if (this == FORWARD || this == FULL) {
            compare(named, older, newer, problems);
          }
        }
      }
    }
    return problems;
  }

  private void compare(List<Schema> named, int reader, int writer, List<String> problems) {
    SchemaCompatibility.checkReaderWriterCompatibility(named.get(reader), named.get(writer))
        .getResult()
        .getIncompatibilities()
        .forEach(
            i ->
                problems.add(
                    "%s: version %s cannot read rows of version %s, as schema.compatibility=%s needs: %s at %s"
                        .formatted(
                            named.get(reader).getFullName(),
                            reader + 1,
                            writer + 1,
                            this,
                            i.getMessage(),
                            i.getLocation())));
  }
}
