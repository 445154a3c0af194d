package io.crescendo.stack.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Schemas of Strimzi's custom resources, by kind: its own generator makes the resource definitions
 * from its Java types. Strimzi publishes both to Maven Central, but not the definitions themselves.
 */
final class StrimziSchemas {

  private static final Path JARS = Path.of("target", "strimzi");
  private static final String MODEL = "io.strimzi.api.kafka.model.";
  private static final Map<String, String> TYPES =
      Map.of(
          "Kafka", "kafka.Kafka",
          "KafkaNodePool", "nodepool.KafkaNodePool",
          "KafkaTopic", "topic.KafkaTopic",
          "KafkaUser", "user.KafkaUser",
          "KafkaConnect", "connect.KafkaConnect",
          "KafkaConnector", "connector.KafkaConnector");

  private StrimziSchemas() {}

  /** Schema of each kind, of the version that its file states. */
  static Map<String, JsonNode> generate(Path dir, String version) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--target-kube", "1.30+", "--yaml"));
    Map<String, Path> files = new HashMap<>();
    TYPES.forEach(
        (kind, type) -> {
          Path file = dir.resolve(kind + ".yaml").toAbsolutePath();
          files.put(kind, file);
          arguments.add(MODEL + type + "=" + file);
        });
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classes(), StrimziGenerator.class.getName(), JARS.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("Strimzi's generator failed: " + said);
    }
    Map<String, JsonNode> schemas = new HashMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      schemas.put(file.getKey(), schema(file.getValue(), version));
    }
    return schemas;
  }

  private static JsonNode schema(Path definition, String version) throws IOException {
    Object yaml =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(definition));
    JsonNode root = new ObjectMapper().valueToTree(yaml);
    for (JsonNode served : root.path("spec").path("versions")) {
      if (served.path("name").asText().equals(version)) {
        return served.path("schema").path("openAPIV3Schema");
      }
    }
    throw new AssertionError("%s has no version %s".formatted(definition, version));
  }

  /** Where this class was compiled to; the generator needs nothing else. */
  private static String classes() throws URISyntaxException {
    return Path.of(
            StrimziGenerator.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }
}
