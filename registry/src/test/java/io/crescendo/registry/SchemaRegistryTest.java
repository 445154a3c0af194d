package io.crescendo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {

  private static final Schema SCHEMA =
      SchemaBuilder.record("A").fields().requiredInt("a").endRecord();
  private static final String QUOTED = SCHEMA.toString().replace("\"", "\\\"");

  private final List<Long> pauses = new ArrayList<>();
  private ScriptedServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksForASchemaOnce() {
    server.answers(200, "{\"schema\":\"%s\"}".formatted(QUOTED));
    SchemaRegistry registry = registry("");
    assertThat(registry.schema(7)).isEqualTo(SCHEMA);
    assertThat(registry.schema(7)).isEqualTo(SCHEMA);
    assertThat(server.asked()).containsExactly("GET /schemas/ids/7");
  }

  @Test
  void doesNotAskAgainAtOnceForASchemaThatTheRegistryDoesNotHave() {
    server.answers(404, "{\"error_code\":40403,\"message\":\"Schema 9 not found\"}");
    SchemaRegistry registry = registry("");
    for (int record = 0; record < 3; record++) {
      assertThatThrownBy(() -> registry.schema(9))
          .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.ofSchema()).isTrue())
          .hasMessageEndingWith("with status 404: Schema 9 not found");
    }
    assertThat(server.asked()).containsExactly("GET /schemas/ids/9");
  }

  @Test
  void asksAgainAtOnceWhereTheRegistryIsAtFault() {
    server
        .answers(401, "{}")
        .answers(404, "")
        .answers(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}")
        .answers(200, "{\"schema\":\"%s\"}".formatted(QUOTED));
    SchemaRegistry registry = registry("");
    for (String problem : List.of("401; check its", "; is the address right?", "404 Not Found")) {
      assertThatThrownBy(() -> registry.schema(9))
          .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.ofSchema()).isFalse())
          .hasMessageContaining(problem);
    }
    assertThat(registry.schema(9)).isEqualTo(SCHEMA);
  }

  /** As Apicurio's interface for Confluent's clients does. */
  @Test
  void knowsAnUnknownSchemaByOtherRegistriesCode() {
    server.answers(404, "{\"error_code\":40401,\"message\":\"No artifact with ID '9'\"}");
    assertThatThrownBy(() -> registry("").schema(9))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.ofSchema()).isTrue());
  }

  @Test
  void registersUnderAnEncodedSubjectAndKnowsTheIdFromThenOn() {
    server.answers(200, "{\"id\":12}");
    SchemaRegistry registry = registry("");
    assertThat(registry.register("a/b c", SCHEMA)).isEqualTo(12);
    assertThat(registry.schema(12)).isEqualTo(SCHEMA);
    assertThat(server.asked())
        .containsExactly("POST /subjects/a%2Fb%20c/versions {\"schema\":\"" + QUOTED + "\"}");
  }

  @Test
  void findsOnlyWhatTheSubjectHas() {
    server
        .answers(200, "{\"subject\":\"s\",\"version\":1,\"id\":3}")
        .answers(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    assertThat(registry("").find("s", SCHEMA)).hasValue(3);
    assertThat(registry("").find("s", SCHEMA)).isEmpty();
  }

  @Test
  void tellsWhyASchemaMayNotFollow() {
    server
        .answers(200, "{\"is_compatible\":false,\"messages\":[\"READER_FIELD_MISSING\"]}")
        .answers(200, "{\"is_compatible\":false}")
        .answers(200, "{\"is_compatible\":true}")
        .answers(200, "{\"is_compatible\":true}")
        .answers(404, "{\"error_code\":40401}");
    assertThat(registry("").incompatibility("s", SCHEMA)).contains("[\"READER_FIELD_MISSING\"]");
    assertThat(registry("").incompatibility("s", SCHEMA)).contains("the registry gives no reason");
    assertThat(registry("").incompatibility("s", SCHEMA)).isEmpty();
    assertThat(registry("").incompatibility("s", SCHEMA)).isEmpty();
  }

  @Test
  void tellsWhyASchemaMayNotFollowAnEarlierOneWhereTheRegistryCanSay() {
    server
        .answers(200, "{\"is_compatible\":true}")
        .answers(200, "{\"is_compatible\":false,\"messages\":[\"version 1\"]}")
        .answers(200, "{\"is_compatible\":true}")
        .answers(405, "");
    assertThat(registry("").incompatibility("s", SCHEMA)).contains("[\"version 1\"]");
    assertThat(registry("").incompatibility("s", SCHEMA)).isEmpty();
    assertThat(server.asked())
        .element(1)
        .asString()
        .startsWith("POST /compatibility/subjects/s/versions?verbose=true ");
  }

  @Test
  void refusesAnIncompatibleSchemaWithTheRegistrysReason() {
    server.answers(409, "{\"error_code\":409,\"message\":\"field a changed\"}");
    assertThatThrownBy(() -> registry("").register("s", SCHEMA))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("Schema 'A' is incompatible with subject 's'")
        .hasMessageEndingWith("field a changed; it was not registered");
  }

  @Test
  void asksAgainAfterAPauseThatGrows() {
    server
        .answers(503, "")
        .answers(429, "")
        .answers(500, "{}")
        .answers(200, "{\"schema\":\"%s\"}".formatted(QUOTED));
    assertThat(registry("").schema(1)).isEqualTo(SCHEMA);
    assertThat(pauses).hasSize(3);
    assertThat(pauses.get(0)).isBetween(50L, 100L);
    assertThat(pauses.get(1)).isBetween(100L, 200L);
    assertThat(pauses.get(2)).isBetween(200L, 400L);
  }

  @Test
  void asksAnotherServerWhereOneDoesNotAnswer() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    server.answers(200, "{\"schema\":\"%s\"}".formatted(QUOTED));
    SchemaRegistry registry =
        registry(RegistrySettings.of("http://127.0.0.1:%d,%s".formatted(closed, server.url()), ""));
    assertThat(registry.schema(1)).isEqualTo(SCHEMA);
  }

  @Test
  void givesUpWhenItsPatienceIsOver() {
    for (int i = 0; i < 100; i++) {
      server.answers(503, "");
    }
    assertThatThrownBy(
            () ->
                registry(
                        new RegistrySettings(
                            RegistrySettings.of(server.url(), "").urls(),
                            java.util.Optional.empty(),
                            Duration.ofSeconds(5)))
                    .schema(1))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.passing()).isTrue())
        .hasMessageContaining("did not answer /schemas/ids/1 within PT5S: status 503, after");
    assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(5_000);
  }

  @Test
  void sendsThePasswordAndDoesNotRepeatItWhenRefused() {
    server.answers(401, "{}");
    assertThatThrownBy(() -> registry("me:hunter2").schema(1))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.passing()).isFalse())
        .hasMessageContaining("refuses /schemas/ids/1 with status 401")
        .message()
        .doesNotContain("hunter2");
    assertThat(server.asked()).hasSize(1);
    assertThat(server.authorizations()).containsExactly("Basic bWU6aHVudGVyMg==");
  }

  @Test
  void takesOnlyAvroWithoutReferences() {
    server
        .answers(200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}")
        .answers(200, "{\"schema\":\"%s\",\"references\":[{\"name\":\"x\"}]}".formatted(QUOTED));
    assertThatThrownBy(() -> registry("").schema(1)).hasMessageContaining("got JSON with 0");
    assertThatThrownBy(() -> registry("").schema(1)).hasMessageContaining("got AVRO with 1");
  }

  @Test
  void saysThatTheAddressIsWrongWhereNoRegistryAnswers() {
    server.answers(200, "<html>hello</html>");
    assertThatThrownBy(() -> registry("").schema(1))
        .hasMessageContaining("is no JSON; is the address right?");
  }

  @Test
  void saysThatTheAddressIsWrongWhereAnotherServerAnswers() {
    for (int i = 0; i < 4; i++) {
      server.answers(200, "{\"status\":\"UP\"}");
    }
    List<ThrowingCallable> questions =
        List.of(
            () -> registry("").schema(1),
            () -> registry("").find("s", SCHEMA),
            () -> registry("").incompatibility("s", SCHEMA),
            () -> registry("").register("s", SCHEMA));
    assertThat(questions)
        .allSatisfy(
            question ->
                assertThatThrownBy(question)
                    .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.ofSchema()).isFalse())
                    .hasMessageContaining("; is the address right?"));
  }

  private SchemaRegistry registry(String userInfo) {
    return registry(RegistrySettings.of(server.url(), userInfo));
  }

  private SchemaRegistry registry(RegistrySettings settings) {
    return new SchemaRegistry(settings, pauses::add);
  }
}
