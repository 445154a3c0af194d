package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

  private static Socket halfARequest(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write("GET /me".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
