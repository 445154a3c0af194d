package io.crescendo.stack.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The resources that {@code deploy/kubernetes/kustomization.yaml} names. */
record Resources(List<JsonNode> all) {

  static final Path DIRECTORY = Path.of("..", "deploy", "kubernetes");

  static Resources read() throws IOException {
    List<JsonNode> resources = new ArrayList<>();
    for (JsonNode file : documents("kustomization.yaml").get(0).path("resources")) {
      resources.addAll(documents(file.asText()));
    }
    return new Resources(resources);
  }

  List<JsonNode> ofKind(String kind) {
    return all.stream().filter(r -> r.path("kind").asText().equals(kind)).toList();
  }

  JsonNode get(String kind, String name) {
    return ofKind(kind).stream()
        .filter(r -> name(r).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s '%s'".formatted(kind, name)));
  }

  static String name(JsonNode resource) {
    return resource.path("metadata").path("name").asText();
  }

  static List<JsonNode> documents(String file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (Object document :
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .loadAll(Files.readString(DIRECTORY.resolve(file)))) {
      documents.add(new ObjectMapper().valueToTree(document));
    }
    return documents;
  }
}
