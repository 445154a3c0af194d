package io.crescendo.refresh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MetricsServerTest {

  @Test
  @Timeout(60)
  void answersThoughOthersSendHalfARequestAndStay() throws Exception {
    List<Socket> others = new ArrayList<>();
    try (RefreshMetrics metrics = new RefreshMetrics();
        MetricsServer server = new MetricsServer(metrics, "127.0.0.1", 0)) {
      for (int i = 0; i < 300; i++) { // more than there are threads
        others.add(halfARequest(server.port()));
      }

      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
    } finally {
      for (Socket other : others) {
        other.close();
      }
    }
  }

  @Test
  void answersNoSiteThatGivesItsNameTheLoopbackAddress() throws Exception {
    try (RefreshMetrics metrics = new RefreshMetrics();
        MetricsServer server = new MetricsServer(metrics, "127.0.0.1", 0)) {
      assertThat(status(server.port(), "localhost:9")).startsWith("HTTP/1.1 200");
      assertThat(status(server.port(), "site.example")).startsWith("HTTP/1.1 403");
    }
  }

  /** By hand, because Java's client takes no other Host header than the address. */
  private static String status(int port, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET /metrics HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }
  }

  private static Socket halfARequest(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write("GET /me".getBytes(US_ASCII));
    return socket;
  }
}
