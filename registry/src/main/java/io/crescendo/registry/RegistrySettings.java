package io.crescendo.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a registry is and how it is asked.
 *
 * @param urls its servers, each tried when the one before does not answer
 * @param userInfo {@code user:password} for HTTP basic authentication; never in {@link #toString}
 * @param patience how long a request is tried again before it fails
 */
public record RegistrySettings(List<URI> urls, Optional<String> userInfo, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Makes the list unmodifiable. */
  public RegistrySettings {
    urls = List.copyOf(urls);
  }

  /**
   * Settings from texts.
   *
   * @param urls addresses such as {@code http://127.0.0.1:8081}, separated by commas
   * @param userInfo {@code user:password}, or empty for none
   * @throws IllegalArgumentException naming everything that is wrong; the password is not repeated
   */
  public static RegistrySettings of(String urls, String userInfo) {
    List<String> problems = new ArrayList<>();
    List<URI> parsed = new ArrayList<>();
    for (String url : urls.split(",", -1)) {
      try {
        parsed.add(address(url.strip()));
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    if (!userInfo.isEmpty() && userInfo.indexOf(':') < 1) {
      problems.add("the registry's user info must be user:password");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new RegistrySettings(
        parsed, userInfo.isEmpty() ? Optional.empty() : Optional.of(userInfo), PATIENCE);
  }

  /** The same, with another patience. */
  public RegistrySettings withPatience(Duration other) {
    return new RegistrySettings(urls, userInfo, other);
  }

  private static URI address(String text) {
    // Not the text in the message: what is wrong with it may be a password in it.
    if (text.contains("@")) {
      throw new IllegalArgumentException(
          "the registry's address must hold no user and password; they have a setting of their own");
    }
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // the same message
    }
    throw new IllegalArgumentException(
        "the registry's address must be such as http://127.0.0.1:8081, got '%s'".formatted(text));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RegistrySettings[urls=%s, user=%s, patience=%s]"
        .formatted(
            urls, userInfo.map(u -> u.substring(0, u.indexOf(':'))).orElse("none"), patience);
  }
}
