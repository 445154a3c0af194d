package io.crescendo.connect.s3.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on loopback that shows a test each connection: it need not read what is sent. */
final class RawServer implements AutoCloseable {

  private static final int RECEIVE_BUFFER = 64 * 1024;

  private final ServerSocket socket;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** Answers a request whose head has been read; then the connection ends. */
  @FunctionalInterface
  interface Answer {
    void to(String head, Socket client) throws IOException;
  }

  RawServer(Answer answer) throws IOException {
    socket = new ServerSocket();
    // Linux would take in tens of megabytes that nobody has read.
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread thread = new Thread(() -> serve(answer), "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Methods of the requests that came. */
  List<String> methods() {
    return requests.stream().map(head -> head.substring(0, head.indexOf(' '))).toList();
  }

  static void say(Socket client, String status, String... headers) throws IOException {
    String head = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers);
    client
        .getOutputStream()
        .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void serve(Answer answer) {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        String head = head(client.getInputStream());
        requests.add(head);
        answer.to(head, client);
      } catch (IOException e) {
        // The client hung up, or the test is over.
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The head ended early");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
