package io.crescendo.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before an HTTP service on loopback, passes bytes on unread, and can break: answer 503, or
 * pass requests on and lose the answers.
 */
final class FaultyEndpoint implements AutoCloseable {

  /** What happens to a connection. */
  enum Mode {
    WORKS,
    ANSWERS_503,
    LOSES_ANSWERS
  }

  private static final byte[] UNAVAILABLE =
      "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.WORKS;

  FaultyEndpoint(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Connections that are open end, so that the mode holds from now on. */
  void become(Mode next) {
    mode = next;
    open.forEach(Closing::quietly);
  }

  @Override
  public void close() {
    Closing.quietly(server);
    open.forEach(Closing::quietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        start("connection", () -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    Mode here = mode;
    try (client) {
      if (here == Mode.ANSWERS_503) {
        // the request is taken in, or the client would see a reset instead of the answer
        client.getInputStream().read(new byte[64 * 1024]);
        client.getOutputStream().write(UNAVAILABLE);
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      try (Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
        open.add(service);
        start("request", () -> pass(client, service));
        if (here == Mode.LOSES_ANSWERS) {
          service.getInputStream().read();
        } else {
          pass(service, client);
        }
        open.remove(service);
      }
    } catch (IOException e) {
      // the client sees it, which is what it is there for
    } finally {
      open.remove(client);
    }
  }

  private static void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      Closing.quietly(to);
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "faulty-endpoint-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
