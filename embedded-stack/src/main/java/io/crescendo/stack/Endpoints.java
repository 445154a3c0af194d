package io.crescendo.stack;

import java.util.Optional;
import java.util.Properties;

/**
 * Where a running stack listens.
 *
 * @param bootstrapServers Kafka, {@code host:port}
 * @param s3Endpoint URI of the S3 endpoint
 * @param connectUrl URI of the Connect REST API
 * @param pageUrl URI of the page
 * @param schemaRegistry addresses of the schema registry that it uses; empty for none
 */
public record Endpoints(
    String bootstrapServers,
    String s3Endpoint,
    String connectUrl,
    String pageUrl,
    String schemaRegistry) {

  /** Where a stack on the given ports listens. */
  public static Endpoints on(Ports ports) {
    return new Endpoints(
        "127.0.0.1:" + ports.kafka(),
        "http://127.0.0.1:" + ports.s3(),
        "http://127.0.0.1:" + ports.connect(),
        "http://127.0.0.1:" + ports.page(),
        "");
  }

  /** These, with the schema registry that the stack uses, where it uses one. */
  Endpoints withSchemaRegistry(Optional<String> urls) {
    return new Endpoints(bootstrapServers, s3Endpoint, connectUrl, pageUrl, urls.orElse(""));
  }

  static Endpoints of(Properties p) {
    Endpoints usual = on(Ports.DEFAULT);
    return new Endpoints(
        p.getProperty("bootstrap-server", usual.bootstrapServers),
        p.getProperty("s3-endpoint", usual.s3Endpoint),
        p.getProperty("connect-url", usual.connectUrl),
        p.getProperty("page-url", usual.pageUrl),
        p.getProperty("schema-registry", ""));
  }

  Properties toProperties() {
    Properties p = new Properties();
    p.setProperty("bootstrap-server", bootstrapServers);
    p.setProperty("s3-endpoint", s3Endpoint);
    p.setProperty("connect-url", connectUrl);
    p.setProperty("page-url", pageUrl);
    p.setProperty("schema-registry", schemaRegistry);
    return p;
  }
}
