package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownTablesTest {

  private static final Path SCHEMAS = Path.of("../schemas/src/main/avro");
  private static final Map<String, String> TYPES =
      Map.of(
          "string", "varchar",
          "long", "bigint",
          "int", "integer",
          "double", "double",
          "boolean", "boolean",
          "bytes", "varbinary");

  @ParameterizedTest
  @CsvSource({
    "artists,artist.avsc",
    "genre_followers,genre-followers.avsc",
    "artist_rejects,reject.avsc"
  })
  void haveTheColumnsOfTheRecordsThatAreLanded(String table, String schema) throws IOException {
    List<Column> expected = new ArrayList<>();
    for (JsonNode field :
        Json.read(Files.readString(SCHEMAS.resolve(schema)), JsonNode.class).get("fields")) {
      expected.add(new Column(field.get("name").asText(), type(field.get("type"))));
    }

    assertThat(KnownTables.columns().get(table)).isEqualTo(expected);
  }

  private static String type(JsonNode type) {
    if (type.isTextual()) {
      return TYPES.get(type.asText());
    }
    if (type.isArray()) {
      return type(type.get(1));
    }
    if (type.get("type").asText().equals("array")) {
      return "array(" + type(type.get("items")) + ")";
    }
    return type.path("logicalType").asText().equals("timestamp-millis")
        ? "timestamp(3)"
        : type(type.get("type"));
  }
}
