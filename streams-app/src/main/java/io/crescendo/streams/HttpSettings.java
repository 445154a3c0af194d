package io.crescendo.streams;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Where an instance of the app answers questions.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any that is free, {@value #OFF} for no HTTP at all
 * @param advertised where other instances reach it, {@code host:port}; absent where that is the
 *     address it listens on
 */
public record HttpSettings(String host, int port, Optional<String> advertised) {

  static final int OFF = -1;
  static final int MAX_PORT = 65_535;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

  static HttpSettings read(SettingsReader in) {
    // With brackets in a URL only, as the brokers keep it, too.
    String host = in.text(Setting.HTTP_HOST).replaceFirst("^\\[(.*)]$", "$1");
    int port = (int) in.number(Setting.HTTP_PORT, OFF, MAX_PORT);
    Optional<String> advertised = in.optionalText(Setting.HTTP_ADVERTISED);
    String key = Setting.HTTP_ADVERTISED.key();
    advertised
        .filter(
            address ->
                !SettingsReader.isAddress(address)
                    || !isInUrls(HostInfo.buildFromEndpoint(address)))
        .ifPresent(
            address ->
                in.problems()
                    .add(
                        "%s must be host:port, the host without '_', got '%s'"
                            .formatted(key, address)));
    if (port != OFF && advertised.isEmpty() && WILDCARDS.contains(host)) {
      in.problems()
          .add(
              "%s must be set, because %s is '%s', where no other instance can reach this one"
                  .formatted(key, Setting.HTTP_HOST.key(), host));
    } else if (port != OFF && advertised.isEmpty() && !isInUrls(new HostInfo(host, MAX_PORT))) {
      in.problems()
          .add(
              "%s must be a host without '_', got '%s'; or set %s"
                  .formatted(Setting.HTTP_HOST.key(), host, key));
    }
    return new HttpSettings(host, port, advertised);
  }

  /** Names with an underscore may resolve, but no URL can have them, and instances ask by URL. */
  private static boolean isInUrls(HostInfo address) {
    try {
      return URI.create(url(address)).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** URL of an address; not by a format, which writes the digits of the locale. */
  static String url(HostInfo address) {
    String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    return "http://" + host + ":" + address.port();
  }

  boolean enabled() {
    return port != OFF;
  }

  /**
   * Whether a request with this Host header is answered. On loopback, where only programs of this
   * machine ask, its name must be one of this machine's: a site elsewhere may give its own name the
   * address, to read answers through somebody's browser ("DNS rebinding").
   */
  boolean answers(String hostHeader) {
    if (!LOOPBACK.contains(host)) {
      return true;
    }
    String name = hostHeader == null ? "" : hostHeader.replaceFirst(":\\d*$", "");
    return LOOPBACK.contains(name.toLowerCase(Locale.ROOT))
        || advertised
            .map(HostInfo::buildFromEndpoint)
            .filter(a -> a.host().equals(name))
            .isPresent();
  }

  /** Where other instances reach this one, once it listens on a port. */
  HostInfo address(int actualPort) {
    return advertised.map(HostInfo::buildFromEndpoint).orElse(new HostInfo(host, actualPort));
  }
}
