package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.store.ProxySettings;
import java.net.URI;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Keys about an HTTP proxy. */
final class ProxyKeys {

  private static final String URL = "s3.proxy.url";
  private static final String USER = "s3.proxy.user";
  private static final String PASSWORD = "s3.proxy.password";

  private static final String RULE =
      "an http or https URL with a port, and without the user, who goes to " + USER;

  private ProxyKeys() {}

  static void define(ConfigDef keys) {
    keys.define(
            URL,
            Type.STRING,
            "",
            ConfigDef.LambdaValidator.with(ProxyKeys::validate, () -> RULE),
            Importance.LOW,
            "HTTP proxy on the way to the store and to STS, such as http://proxy:3128; blank for that"
                + " of the JVM, if it has one.")
        .define(
            USER,
            Type.STRING,
            "",
            Importance.LOW,
            "User of the proxy; blank for a proxy that asks for none. For an https store, Java tells it"
                + " the password only where the worker runs with"
                + " -Djdk.http.auth.tunneling.disabledSchemes= (empty).")
        .define(
            PASSWORD, Type.PASSWORD, new Password(""), Importance.LOW, "Password of that user.");
  }

  static void check(Values values) {
    boolean user = !values.text(USER).isEmpty();
    boolean password = values.password(PASSWORD) != null;
    if (user && values.text(URL).isEmpty()) {
      values.problem(URL, "must be set together with " + USER);
    }
    if (user && !password) {
      values.problem(PASSWORD, "must be set together with " + USER);
    }
    if (password && !user) {
      values.problem(USER, "must be set together with " + PASSWORD);
    }
  }

  /** The proxy, or null. */
  static ProxySettings read(Values values) {
    String user = values.text(USER);
    return values.text(URL).isEmpty()
        ? null
        : new ProxySettings(
            url(values.text(URL)), user.isEmpty() ? null : user, values.password(PASSWORD));
  }

  private static void validate(String name, Object value) {
    String text = value == null ? "" : value.toString().strip();
    try {
      if (!text.isEmpty()) {
        url(text);
      }
    } catch (IllegalArgumentException e) {
      // A password may be part of what was configured.
      throw new ConfigException(name, "[hidden]", "must be " + RULE);
    }
  }

  private static URI url(String text) {
    URI uri = URI.create(text);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getPort() < 0 || uri.getUserInfo() != null) {
      throw new IllegalArgumentException("not such a URL");
    }
    return uri;
  }
}
