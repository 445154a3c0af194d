package io.crescendo.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crescendo.registry.RegistrySettings;
import io.crescendo.registry.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** A registry in memory whose rule is that new schemas can read what older ones wrote. */
final class LocalRegistry implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private final HttpServer server;

  LocalRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  SchemaRegistry client() {
    return new SchemaRegistry(
        RegistrySettings.of("http://127.0.0.1:" + server.getAddress().getPort(), ""));
  }

  synchronized Map<String, List<Integer>> subjects() {
    return new TreeMap<>(subjects);
  }

  synchronized int requests() {
    return asked.size();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    if (path.startsWith("/schemas/ids/")) {
      int id = Integer.parseInt(path.substring("/schemas/ids/".length()));
      send(exchange, 200, Map.of("schema", schemas.get(id - 1)));
      return;
    }
    String schema = JSON.readTree(exchange.getRequestBody()).path("schema").asText();
    String subject = path.replaceAll(".*/subjects/([^/]+).*", "$1");
    List<Integer> ids = subjects.getOrDefault(subject, List.of());
    if (path.startsWith("/compatibility/")) {
      send(exchange, ids.isEmpty() ? 404 : 200, Map.of("is_compatible", compatible(schema, ids)));
    } else if (path.endsWith("/versions")) {
      schemas.add(schema);
      subjects.computeIfAbsent(subject, s -> new ArrayList<>()).add(schemas.size());
      send(exchange, 200, Map.of("id", schemas.size()));
    } else {
      int id = ids.stream().filter(i -> schemas.get(i - 1).equals(schema)).findFirst().orElse(0);
      send(exchange, id == 0 ? 404 : 200, Map.of("id", id));
    }
  }

  private boolean compatible(String schema, List<Integer> ids) {
    if (ids.isEmpty()) {
      return true;
    }
    Schema latest = new Schema.Parser().parse(schemas.get(ids.get(ids.size() - 1) - 1));
    return SchemaCompatibility.checkReaderWriterCompatibility(
                new Schema.Parser().parse(schema), latest)
            .getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private static void send(HttpExchange exchange, int status, Map<String, ?> body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
