package io.crescendo.connect.s3.store;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP server on loopback that remembers requests and answers them as S3's and STS's
 * documentation says; it is no proof of how they behave. It serves as an HTTP proxy, too.
 */
final class ScriptedS3 implements AutoCloseable {

  /** Longer bodies are parts of files, which no test looks at. */
  private static final int LONGEST_KEPT = 10_000;

  /** Size of a part, in bytes. */
  static final int PART = 5 * 1024 * 1024;

  /** That it says each body has. */
  static final String CHECKSUM = "AAAAAA==";

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** A request as it came. */
  record Request(String method, URI uri, Headers headers, String body) {

    String header(String name) {
      return headers.getFirst(name);
    }

    /** Names of its headers about encryption, in lower case. */
    List<String> encryption() {
      return headers.keySet().stream()
          .map(n -> n.toLowerCase(Locale.ROOT))
          .filter(n -> n.startsWith("x-amz-server-side-encryption"))
          .sorted()
          .toList();
    }
  }

  /**
   * Properties of a connector that writes to AWS, whatever that is to the client.
   *
   * @param more keys and values, in turn
   */
  static Map<String, String> properties(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("s3.bucket.name", "warehouse");
    properties.put("flush.size", "1");
    properties.put("s3.part.size", Integer.toString(PART));
    properties.put("s3.part.retries", "0");
    properties.put("aws.access.key.id", "key");
    properties.put("aws.secret.access.key", "secret");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  ScriptedS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Request> requests() {
    return requests;
  }

  Request only() {
    if (requests.size() != 1) {
      throw new AssertionError("expected one request, got " + requests);
    }
    return requests.get(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              body.length > LONGEST_KEPT ? "" : new String(body, StandardCharsets.UTF_8));
      requests.add(request);
      byte[] answer = answer(request).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("ETag", "\"etag\"");
      if (request.method().equals("PUT")) {
        exchange.getResponseHeaders().add("x-amz-checksum-crc32", CHECKSUM);
      }
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      if (answer.length > 0) {
        exchange.getResponseBody().write(answer);
      }
    }
  }

  private static String answer(Request request) {
    String query = String.valueOf(request.uri().getQuery());
    if (request.body().contains("Action=AssumeRole")) {
      return """
          <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
          <Credentials><AccessKeyId>ROLEKEY</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey>
          <SessionToken>role-token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>
          </AssumeRoleResult></AssumeRoleResponse>""";
    }
    if (query.startsWith("uploads")) {
      return "<InitiateMultipartUploadResult><UploadId>up</UploadId></InitiateMultipartUploadResult>";
    }
    if (request.method().equals("POST")) {
      return "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>";
    }
    return "";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
