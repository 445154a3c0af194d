package io.crescendo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaVersionsTest {

  private static final Schema FIRST =
      SchemaBuilder.record("Song")
          .fields()
          .requiredString("id")
          .optionalInt("plays")
          .name("at")
          .type(timestamp("timestamp-millis"))
          .noDefault()
          .endRecord();

  @ParameterizedTest
  @ValueSource(strings = {"artist", "genre-followers", "reject"})
  void endWithTheSchemaOfNow(String name) throws IOException {
    Schema now = read("/avro/%s.avsc".formatted(name));
    List<Schema> versions = SchemaVersions.of(now);
    assertThat(versions.get(versions.size() - 1))
        .as(
            "%1$s.avsc has changed, and what was written by the version before must stay readable:"
                + " copy it to src/main/versions/%1$s.%2$s.avsc, and see 'a field of an artist' in"
                + " CONTRIBUTING.md",
            name, versions.size() + 1)
        .isEqualTo(now);
  }

  @ParameterizedTest
  @ValueSource(strings = {"artist", "genre-followers", "reject"})
  void readEachOther(String name) throws IOException {
    List<Schema> versions = SchemaVersions.of(read("/avro/%s.avsc".formatted(name)));
    for (int older = 0; older < versions.size(); older++) {
      for (Schema newer : versions.subList(older + 1, versions.size())) {
        assertThat(between(versions.get(older), newer)).isEmpty();
      }
    }
  }

  @Test
  void mayGainAndLoseFieldsWithADefault() {
    Schema gained = with(FIRST, field("label", optional(Schema.Type.STRING), true));
    assertThat(between(FIRST, gained)).isEmpty();
    assertThat(between(gained, FIRST)).isEmpty();
  }

  @Test
  void mayNotGainOrLoseFieldsWithoutADefault() {
    Schema gained = with(FIRST, field("label", Schema.create(Schema.Type.STRING), false));
    assertThat(between(FIRST, gained)).singleElement().asString().contains("label");
    assertThat(between(gained, FIRST)).singleElement().asString().contains("label");
  }

  @Test
  void mayNotGiveAFieldAnotherType() {
    // Avro itself would read the ints as longs, and take one unit of time for another; tables do
    // not.
    assertThat(between(FIRST, with(FIRST, field("plays", optional(Schema.Type.LONG), true))))
        .contains("'plays' has another type");
    assertThat(between(FIRST, with(FIRST, field("at", timestamp("timestamp-micros"), false))))
        .containsExactly("'at' has another type");
  }

  /** What keeps two versions from reading each other's records, and their rows from one table. */
  private static List<String> between(Schema older, Schema newer) {
    List<String> problems = new ArrayList<>();
    incompatibility(newer, older).ifPresent(problems::add);
    incompatibility(older, newer).ifPresent(problems::add);
    for (Schema.Field field : older.getFields()) {
      Schema.Field now = newer.getField(field.name());
      if (now != null && !now.schema().equals(field.schema())) {
        problems.add("'%s' has another type".formatted(field.name()));
      }
    }
    return problems;
  }

  private static Optional<String> incompatibility(Schema reader, Schema writer) {
    SchemaCompatibility.SchemaCompatibilityResult result =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    return result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE
        ? Optional.empty()
        : Optional.of(result.getIncompatibilities().toString());
  }

  /** The schema with one more field, or another one of that name. */
  private static Schema with(Schema schema, Schema.Field added) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (!field.name().equals(added.name())) {
        fields.add(new Schema.Field(field, field.schema()));
      }
    }
    fields.add(added);
    return Schema.createRecord(schema.getName(), null, null, false, fields);
  }

  private static Schema.Field field(String name, Schema type, boolean orNull) {
    return orNull
        ? new Schema.Field(name, type, null, Schema.Field.NULL_DEFAULT_VALUE)
        : new Schema.Field(name, type);
  }

  private static Schema optional(Schema.Type type) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(type));
  }

  private static Schema timestamp(String logicalType) {
    Schema type = Schema.create(Schema.Type.LONG);
    type.addProp("logicalType", logicalType);
    return type;
  }

  private static Schema read(String resource) throws IOException {
    try (InputStream in = SchemaVersionsTest.class.getResourceAsStream(resource)) {
      return new Schema.Parser().parse(in);
    }
  }
}
