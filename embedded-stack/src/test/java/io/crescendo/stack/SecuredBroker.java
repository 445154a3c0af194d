package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * An embedded broker whose only listener for clients wants TLS and a password (SASL_SSL, PLAIN).
 */
final class SecuredBroker implements AutoCloseable {

  static final String PASSWORD = "open-sesame-4711";

  private static final String STORE_PASSWORD = "keystore-of-a-test";

  private final Path dir;
  private final Path keystore;
  private final EmbeddedBroker broker;
  private final int port = Ports.free();

  private SecuredBroker(Path dir) throws Exception {
    this.dir = Files.createDirectories(dir);
    this.keystore = dir.resolve("broker.p12");
    createKeystore();
    broker = EmbeddedBroker.start(dir.resolve("data"), port, settings());
  }

  static SecuredBroker start(Path dir) throws Exception {
    return new SecuredBroker(dir);
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** What a client has to be told, as a properties file. */
  Path clientFile(String password) throws IOException {
    Properties properties = new Properties();
    properties.putAll(client(password));
    Path file = Files.createTempFile(dir, "client", ".properties");
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties.store(out, null);
    }
    return file;
  }

  Map<String, String> client(String password) {
    Map<String, String> client = new HashMap<>(truststore());
    client.putAll(PlainLogin.client(SecurityProtocol.SASL_SSL, "pipeline", password));
    return client;
  }

  @Override
  public void close() {
    broker.close();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(truststore());
    settings.putAll(
        PlainLogin.listener(
            SecurityProtocol.SASL_SSL,
            port,
            "broker",
            Map.of("broker", "broker-secret", "pipeline", PASSWORD)));
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.location", keystore.toString());
    settings.put("ssl.keystore.password", STORE_PASSWORD);
    return settings;
  }

  private Map<String, String> truststore() {
    return Map.of(
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        keystore.toString(),
        "ssl.truststore.password",
        STORE_PASSWORD);
  }

  /** A self-signed certificate, which clients trust because they are given it. */
  private void createKeystore() throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keystore.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:127.0.0.1")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }
}
