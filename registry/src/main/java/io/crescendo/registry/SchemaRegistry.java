package io.crescendo.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crescendo.registry.RegistryRequests.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Avro schemas by id and by subject, from a server with <a
 * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent's
 * REST API</a>.
 *
 * <p>Thread-safe. What an id stands for never changes, so that it is asked once; an id that the
 * registry does not know, once in two seconds. Every method throws {@link RegistryException} where
 * the registry does not answer or refuses.
 */
public final class SchemaRegistry {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /** Registries give one with each refusal. */
  private static final String NO_MESSAGE = "no message; is the address right?";

  private static final int CODES_PER_STATUS = 100;

  // how a registry answers a path that it does not have
  private static final Set<Integer> WITHOUT = Set.of(NOT_FOUND, 405, 501);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistrySettings settings;
  private final RegistryRequests requests;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final UnknownIds unknown = new UnknownIds(System::nanoTime);

  /** A client; asks nothing yet. */
  public SchemaRegistry(RegistrySettings settings) {
    this(settings, Thread::sleep);
  }

  SchemaRegistry(RegistrySettings settings, RegistryRequests.Pause pause) {
    this.settings = settings;
    this.requests = new RegistryRequests(settings, pause);
  }

  /** Subject of a topic's values under Confluent's TopicNameStrategy. */
  public static String valueSubject(String topic) {
    return topic + "-value";
  }

  /** The schema that an id stands for. */
  public Schema schema(int id) {
    Schema known = schemas.get(id);
    if (known == null) {
      unknown.check(id);
      known = fetch(id);
      schemas.put(id, known);
    }
    return known;
  }

  private Schema fetch(int id) {
    try {
      return ask(id);
    } catch (RegistryException e) {
      if (e.ofSchema()) {
        unknown.add(id, e);
      }
      throw e;
    }
  }

  private Schema ask(int id) {
    String path = "/schemas/ids/" + id;
    Answer answer = requests.send(path, null);
    if (answer.status() == NOT_FOUND && saysWhatIsMissing(answer)) {
      throw RegistryException.ofSchema(refusal(path, answer), null);
    }
    if (answer.status() != OK) {
      throw refused(path, answer);
    }
    JsonNode body = json(path, answer, "schema", JsonNode::isTextual);
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") || !body.path("references").isEmpty()) {
      throw RegistryException.ofSchema(
          "Schema %s of registry %s must be Avro without references, got %s with %s references"
              .formatted(id, settings.urls(), type, body.path("references").size()),
          null);
    }
    try {
      // Registries hold schemas with defaults that are no values of their type, as Confluent's own
      // client does not look at those of a schema that is registered; records are right without.
      return new Schema.Parser().setValidateDefaults(false).parse(body.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw RegistryException.ofSchema(
          "Schema %s of registry %s cannot be parsed: %s"
              .formatted(id, settings.urls(), e.getMessage()),
          e);
    }
  }

  /**
   * Adds a schema to a subject, where it is not there yet.
   *
   * @return its id
   * @throws RegistryException also if the registry finds it incompatible
   */
  public int register(String subject, Schema schema) {
    String path = "/subjects/%s/versions".formatted(encoded(subject));
    Answer answer = requests.send(path, content(schema));
    if (answer.status() == CONFLICT) {
      throw new RegistryException(
          "Schema '%s' is incompatible with subject '%s' of registry %s: %s; it was not registered"
              .formatted(schema.getFullName(), subject, settings.urls(), message(answer)));
    }
    if (answer.status() != OK) {
      throw refused(path, answer);
    }
    int id = id(path, answer);
    schemas.put(id, schema);
    return id;
  }

  /** Id of a schema in a subject; empty where the subject does not have it. */
  public OptionalInt find(String subject, Schema schema) {
    String path = "/subjects/%s".formatted(encoded(subject));
    Answer answer = requests.send(path, content(schema));
    if (answer.status() == NOT_FOUND) {
      return OptionalInt.empty();
    }
    if (answer.status() != OK) {
      throw refused(path, answer);
    }
    return OptionalInt.of(id(path, answer));
  }

  /**
   * Why a schema may not follow those of a subject, by the rule that the registry keeps for it;
   * empty where it may, and where the subject is new. Rules that look further back than the latest
   * schema count where the registry can be asked for them, which not every one of this API can.
   */
  public Optional<String> incompatibility(String subject, Schema schema) {
    String versions = "/compatibility/subjects/%s/versions".formatted(encoded(subject));
    String path = versions + "/latest?verbose=true";
    Answer answer = requests.send(path, content(schema));
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    Optional<String> latest = verdict(path, answer);
    if (latest.isPresent()) {
      return latest;
    }
    path = versions + "?verbose=true";
    answer = requests.send(path, content(schema));
    return WITHOUT.contains(answer.status()) ? Optional.empty() : verdict(path, answer);
  }

  private Optional<String> verdict(String path, Answer answer) {
    if (answer.status() != OK) {
      throw refused(path, answer);
    }
    JsonNode body = json(path, answer, "is_compatible", JsonNode::isBoolean);
    if (body.path("is_compatible").asBoolean()) {
      return Optional.empty();
    }
    JsonNode messages = body.path("messages");
    return Optional.of(messages.isEmpty() ? "the registry gives no reason" : messages.toString());
  }

  private static String content(Schema schema) {
    return JSON.createObjectNode().put("schema", schema.toString()).toString();
  }

  private RegistryException refused(String path, Answer answer) {
    return new RegistryException(refusal(path, answer));
  }

  private String refusal(String path, Answer answer) {
    return "Schema registry %s answered %s with status %s: %s"
        .formatted(settings.urls(), path, answer.status(), message(answer));
  }

  /**
   * By the code of the error, 40403 of Confluent's registry, 40401 of Apicurio's; other servers
   * than a registry answer 404 to every id.
   */
  private static boolean saysWhatIsMissing(Answer answer) {
    try {
      int code = JSON.readTree(answer.body()).path("error_code").asInt();
      return code / CODES_PER_STATUS == NOT_FOUND;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Every record would carry it, and none could be read were it made up. */
  private int id(String path, Answer answer) {
    return json(path, answer, "id", JsonNode::canConvertToInt).path("id").asInt();
  }

  /** The answer, which must have a field of a certain form: other servers answer in JSON, too. */
  private JsonNode json(String path, Answer answer, String field, Predicate<JsonNode> form) {
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new RegistryException(
          "Schema registry %s answered %s with something that is no JSON; is the address right?"
              .formatted(settings.urls(), path),
          e,
          false);
    }
    if (!form.test(body.path(field))) {
      throw new RegistryException(
          "Schema registry %s answered %s without the field '%s' that a registry gives; is the address right?"
              .formatted(settings.urls(), path, field));
    }
    return body;
  }

  private static String message(Answer answer) {
    try {
      return JSON.readTree(answer.body()).path("message").asText(NO_MESSAGE);
    } catch (JsonProcessingException e) {
      return NO_MESSAGE;
    }
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
