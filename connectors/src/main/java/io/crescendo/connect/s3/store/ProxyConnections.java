package io.crescendo.connect.s3.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/**
 * Connections through a proxy that asks for a password.
 *
 * <p>The SDK's client tells the password only with requests that the proxy reads, which are those
 * to an http store. Those to an https store go through a tunnel, which Java opens itself, and for
 * which it asks an authenticator; unless told otherwise, it tells no password in clear text.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/net/doc-files/net-properties.html">
 *     networking properties</a>
 */
final class ProxyConnections implements UrlConnectionFactory {

  private static final Logger LOG = LoggerFactory.getLogger(ProxyConnections.class);
  private static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";

  private final Proxy proxy;
  private final Authenticator authenticator;
  private final String authorization;
  private final int connectMillis;
  private final int readMillis;

  ProxyConnections(ProxySettings settings, int connectMillis, int readMillis) {
    URI url = settings.url();
    String password = settings.password().value();
    this.proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(url.getHost(), url.getPort()));
    this.authenticator = new Password(settings.user(), password.toCharArray());
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (settings.user() + ":" + password).getBytes(StandardCharsets.UTF_8));
    this.connectMillis = connectMillis;
    this.readMillis = readMillis;
  }

  /** Warns where Java will not tell the password. */
  void warn(boolean tunnelled) {
    if (tunnelled && System.getProperty(DISABLED) == null) {
      LOG.warn(
          "s3.proxy.user is set for an https store, but Java tells a proxy no password for such a"
              + " one unless the worker runs with -D{}= (empty); the proxy will answer 407",
          DISABLED);
    }
  }

  @Override
  public HttpURLConnection createConnection(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(proxy);
      connection.setConnectTimeout(connectMillis);
      connection.setReadTimeout(readMillis);
      connection.setInstanceFollowRedirects(false);
      if ("https".equals(uri.getScheme())) {
        connection.setAuthenticator(authenticator);
      } else {
        connection.setRequestProperty("Proxy-Authorization", authorization);
      }
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Password extends Authenticator {

    private final PasswordAuthentication answer;

    Password(String user, char[] password) {
      this.answer = new PasswordAuthentication(user, password);
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY ? answer : null;
    }
  }
}
