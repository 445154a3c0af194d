package io.crescendo.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loopback ports of the stack.
 *
 * @param kafka the broker, for clients
 * @param s3 the S3 endpoint
 * @param connect the Connect REST API
 * @param page the built-in page
 */
public record Ports(int kafka, int s3, int connect, int page) {

  /** What the documentation speaks of. */
  public static final Ports DEFAULT = new Ports(9092, 9000, 8083, 8088);

  /** Four ports that were free a moment ago, for tests. */
  public static Ports anyFree() {
    List<Integer> free = free(4);
    return new Ports(free.get(0), free.get(1), free.get(2), free.get(3));
  }

  /** Which of them another program holds: one line each, with the option that chooses another. */
  public List<String> taken() {
    Map<String, Integer> named = new LinkedHashMap<>();
    named.put("Kafka broker, --kafka-port", kafka);
    named.put("S3 endpoint, --s3-port", s3);
    named.put("Connect REST API, --connect-port", connect);
    named.put("page, --page-port", page);
    List<String> taken = new ArrayList<>();
    named.forEach(
        (use, port) -> {
          if (!isFree(port)) {
            taken.add("127.0.0.1:%s (%s)".formatted(port, use));
          }
        });
    return taken;
  }

  /** Whether a program could listen on this port of the loopback address now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that was free a moment ago. */
  public static int free() {
    return free(1).get(0);
  }

  /** Ports that were free at the same moment, so that none is there twice. */
  static List<Integer> free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new StackException("No free port on loopback: " + e.getMessage(), e);
    } finally {
      held.forEach(Closing::quietly);
    }
  }
}
