package io.crescendo.stack;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/** A broker's listener that wants a password (SASL PLAIN), and clients that have one. */
public final class PlainLogin {

  private PlainLogin() {}

  /**
   * Settings of a broker whose only listener for clients wants a password.
   *
   * @param protocol with SASL
   * @param broker the user that the broker is itself
   * @param passwords by user, the broker's among them
   */
  public static Map<String, String> listener(
      SecurityProtocol protocol, int port, String broker, Map<String, String> passwords) {
    int controller = Ports.free();
    String name = protocol.name();
    String users =
        passwords.entrySet().stream()
            .map(user -> " user_%s=\"%s\"".formatted(user.getKey(), user.getValue()))
            .collect(Collectors.joining());
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "listeners",
        "%s://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(name, port, controller));
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put(
        "listener.security.protocol.map", "%s:%s,CONTROLLER:PLAINTEXT".formatted(name, name));
    settings.put("inter.broker.listener.name", name);
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.%s.plain.sasl.jaas.config".formatted(name.toLowerCase(Locale.ROOT)),
        login(broker, passwords.get(broker), users));
    return settings;
  }

  /** Properties of a client that logs in. */
  public static Map<String, String> client(
      SecurityProtocol protocol, String user, String password) {
    return Map.of(
        "security.protocol",
        protocol.name(),
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        login(user, password, ""));
  }

  private static String login(String user, String password, String more) {
    return "%s required username=\"%s\" password=\"%s\"%s;"
        .formatted(PlainLoginModule.class.getName(), user, password, more);
  }
}
