package io.crescendo.connect.s3.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback that opens no tunnel: it asks who is there, and then refuses. */
final class ScriptedProxy implements AutoCloseable {

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;

  ScriptedProxy() throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Heads of the requests that came. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          head.append(line).append('\n');
        }
        requests.add(head.toString());
        String answer =
            head.indexOf("Basic ") < 0
                ? "407 Who\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                : "403 No\r\n";
        client
            .getOutputStream()
            .write(
                ("HTTP/1.1 " + answer + "Connection: close\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The client hung up, or the test is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
