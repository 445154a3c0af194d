package io.crescendo.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code docker-compose.yml} with the variables of {@code .env.example}, as Compose resolves it.
 */
final class Compose {

  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::([-?])([^}]*))?}");

  private final JsonNode services;
  private final JsonNode volumes;

  private Compose(JsonNode root) {
    services = root.path("services");
    volumes = root.path("volumes");
  }

  static Compose read() throws IOException {
    Object yaml =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(substituted(text(), environmentExample()));
    return new Compose(new ObjectMapper().valueToTree(yaml));
  }

  /** Another YAML file of the project. */
  static JsonNode yaml(String path) throws IOException {
    Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(path));
    return new ObjectMapper().valueToTree(yaml);
  }

  /** The file as it is written. */
  static String text() throws IOException {
    return text("docker-compose.yml");
  }

  /** Another file of the project. */
  static String text(String relative) throws IOException {
    return Files.readString(path(relative));
  }

  static Path path(String relative) {
    return PROJECT.resolve(relative);
  }

  /** Variables and their defaults in the file: none where it must be given. */
  static Map<String, Set<String>> variables(String text) {
    Map<String, Set<String>> variables = new LinkedHashMap<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      Set<String> defaults =
          variables.computeIfAbsent(matcher.group(1), name -> new LinkedHashSet<>());
      if ("-".equals(matcher.group(2))) {
        defaults.add(matcher.group(3));
      }
    }
    return variables;
  }

  static Map<String, String> environmentExample() throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(PROJECT.resolve(".env.example"))) {
      properties.load(in);
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(n -> values.put(n, properties.getProperty(n)));
    return values;
  }

  List<String> names() {
    return services.properties().stream().map(Map.Entry::getKey).toList();
  }

  JsonNode service(String name) {
    JsonNode service = services.path(name);
    if (service.isMissingNode()) {
      throw new AssertionError("docker-compose.yml has no service '%s'".formatted(name));
    }
    return service;
  }

  Map<String, String> environment(String service) {
    Map<String, String> environment = new LinkedHashMap<>();
    service(service)
        .path("environment")
        .properties()
        .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
    return environment;
  }

  List<String> list(String service, String key) {
    return StreamSupport.stream(service(service).path(key).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  boolean hasVolume(String name) {
    return volumes.has(name);
  }

  private static String substituted(String text, Map<String, String> values) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            m -> {
              String value = values.get(m.group(1));
              // what :- and :? mean
              boolean absent = value == null || value.isEmpty();
              if (absent && !"-".equals(m.group(2))) {
                throw new AssertionError(
                    "%s has neither a default nor a value in .env.example".formatted(m.group(1)));
              }
              return Matcher.quoteReplacement(absent ? m.group(3) : value);
            });
  }
}
