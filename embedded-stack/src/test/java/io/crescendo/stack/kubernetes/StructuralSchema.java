package io.crescendo.stack.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks a resource against the schema of its definition, <a
 * href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema">structural</a>
 * as Kubernetes wants it. Stricter than Kubernetes, which drops fields that it does not know: here
 * they are problems.
 */
final class StructuralSchema {

  private final List<String> problems = new ArrayList<>();

  private StructuralSchema() {}

  /** Everything that is wrong; empty where nothing is. */
  static List<String> problems(JsonNode schema, JsonNode value) {
    StructuralSchema check = new StructuralSchema();
    check.value("", schema, value);
    return check.problems;
  }

  private void value(String path, JsonNode schema, JsonNode value) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      expect(value.isTextual() || value.isIntegralNumber(), path, "int or string", value);
      return;
    }
    switch (schema.path("type").asText()) {
      case "object" -> object(path, schema, value);
      case "array" -> array(path, schema, value);
      case "string" -> string(path, schema, value);
      case "boolean" -> expect(value.isBoolean(), path, "a boolean", value);
      case "integer" -> integer(path, schema, value);
      case "number" -> expect(value.isNumber(), path, "a number", value);
      default -> {
        // any value
      }
    }
  }

  private void object(String path, JsonNode schema, JsonNode value) {
    if (!expect(value.isObject(), path, "an object", value)) {
      return;
    }
    schema
        .path("required")
        .forEach(r -> expect(value.has(r.asText()), path, "given with " + r.asText(), value));
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    // apiVersion, kind and metadata are checked by Kubernetes itself
    boolean open =
        schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
            || properties.isEmpty() && others.isMissingNode();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String below = path + "." + field.getKey();
      if (properties.has(field.getKey())) {
        value(below, properties.path(field.getKey()), field.getValue());
      } else if (others.isObject()) {
        value(below, others, field.getValue());
      } else {
        expect(open, below, "a field that the schema knows", field.getValue());
      }
    }
  }

  private void array(String path, JsonNode schema, JsonNode value) {
    if (expect(value.isArray(), path, "a list", value)) {
      for (int i = 0; i < value.size(); i++) {
        value("%s[%d]".formatted(path, i), schema.path("items"), value.get(i));
      }
    }
  }

  private void string(String path, JsonNode schema, JsonNode value) {
    if (!expect(value.isTextual(), path, "a string", value)) {
      return;
    }
    if (schema.has("enum")) {
      boolean known = false;
      for (JsonNode legal : schema.path("enum")) {
        known |= legal.equals(value);
      }
      expect(known, path, "one of " + schema.path("enum"), value);
    }
    if (schema.has("pattern")) {
      Pattern pattern = Pattern.compile(schema.path("pattern").asText());
      expect(pattern.matcher(value.asText()).find(), path, "as " + pattern, value);
    }
  }

  private void integer(String path, JsonNode schema, JsonNode value) {
    if (expect(value.isIntegralNumber(), path, "a whole number", value)) {
      boolean low = schema.has("minimum") && value.asLong() < schema.path("minimum").asLong();
      boolean high = schema.has("maximum") && value.asLong() > schema.path("maximum").asLong();
      expect(!low && !high, path, "in its range", value);
    }
  }

  private boolean expect(boolean fine, String path, String what, JsonNode value) {
    if (!fine) {
      problems.add("%s must be %s, got %s".formatted(path, what, value));
    }
    return fine;
  }
}
