package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.crescendo.registry.RegistryException;
import io.crescendo.registry.RegistrySettings;
import io.crescendo.registry.SchemaRegistry;
import io.crescendo.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that carry the id of a schema that the registry does not have. */
class ForeignRecordTest {

  private static final byte[] VALUE = {0, 0, 0, 0, 7, 'x'};

  private HttpServer server;
  private int status;
  private String body;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|{\"error_code\":40403,\"message\":\"Schema not found\"}",
        "200|{\"schemaType\":\"JSON\",\"schema\":\"{}\"}",
        "200|{\"schema\":\"nonsense\"}"
      })
  void areShownAsBytes(int answered, String text) {
    status = answered;
    body = text;
    assertThat(shown()).isEqualTo("\0\0\0\0\u0007x");
  }

  @Test
  void areNotTakenForForeignWhereAnotherServerAnswers() {
    status = 404;
    body = "<html>";
    assertThatThrownBy(this::shown).isInstanceOf(RegistryException.class);
  }

  private String shown() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return new RecordJson(
            Topics.ARTISTS, Optional.of(new SchemaRegistry(RegistrySettings.of(url, ""))))
        .of(new ConsumerRecord<>("artists", 0, 0, null, VALUE))
        .path("value")
        .asText();
  }
}
