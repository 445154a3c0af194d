package io.crescendo.connect.s3.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crescendo.schemas.Artist;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.SchemaVersions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedSchemasTest {

  @ParameterizedTest
  @ValueSource(strings = {"crescendo-s3-sink.json", "crescendo-s3-sink-registry.json"})
  void areListedWithEveryVersionThatTopicsMayHold(String configuration) throws IOException {
    List<String> expected = new ArrayList<>();
    expected.addAll(versions("artist", Artist.getClassSchema()));
    expected.addAll(versions("genre-followers", GenreFollowers.getClassSchema()));
    expected.addAll(versions("reject", Reject.getClassSchema()));

    try (InputStream in =
        ShippedSchemasTest.class.getResourceAsStream("/connector-config/" + configuration)) {
      String listed = new ObjectMapper().readTree(in).get("avro.schemas").asText();
      assertThat(listed.split(",")).containsExactlyElementsOf(expected);
    }
  }

  /** The earlier ones by number, then that of now. */
  private static List<String> versions(String name, Schema schema) {
    List<String> versions = new ArrayList<>();
    for (int number = 1; number < SchemaVersions.of(schema).size(); number++) {
      versions.add("classpath:avro/%s.%s.avsc".formatted(name, number));
    }
    versions.add("classpath:avro/%s.avsc".formatted(name));
    return versions;
  }
}
