package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names under which a server answers. A site elsewhere may give its own name the server's address,
 * to read what it has through the browser of somebody who can reach it ("DNS rebinding"); such
 * requests carry that name.
 */
public final class HostNames {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String NAME = "[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]";

  private static final String ADDRESS = "[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*";

  private final Set<String> names = new TreeSet<>(THIS_MACHINE);

  /**
   * The names of this machine, and others.
   *
   * @param host address to listen on, such as {@code 0.0.0.0} or {@code ::1}
   * @param others names as they stand in addresses, without a port; an IPv6 address also without
   *     its brackets, as Kubernetes tells a pod its own
   * @throws ConfigurationException naming each that is none
   */
  public HostNames(String host, Collection<String> others) {
    names.add(inAddress(host));
    List<String> problems = new ArrayList<>();
    for (String name : others) {
      String written = name.matches(ADDRESS) ? "[" + name + "]" : name;
      if (!written.matches(NAME)) {
        problems.add(
            "--allowed-host must be a name or an address without a port, got '%s'".formatted(name));
      }
      names.add(lower(written));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Whether an address to listen on is one of this machine alone. */
  static boolean isThisMachine(String host) {
    return THIS_MACHINE.contains(inAddress(host));
  }

  private static String inAddress(String host) {
    return lower(host.contains(":") ? "[" + host + "]" : host);
  }

  /** Whether a request with this Host header is answered; the port does not count. */
  public boolean allow(String header) {
    return header != null && names.contains(lower(header.replaceAll(":\\d*$", "")));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
