package io.crescendo.refresh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of the page, by the path that serves them. */
final class PageFiles {

  private static final String CHART = "META-INF/resources/webjars/chart.js/%s/dist/chart.umd.js";
  private static final String CHART_POM = "META-INF/maven/org.webjars.npm/chart.js/pom.properties";
  private static final List<String> OURS =
      List.of(
          "page.css",
          "dialogs.css",
          "page.js",
          "artist.js",
          "canvas.js",
          "cards.js",
          "choice.js",
          "combobox.js",
          "distribution.js",
          "dom.js",
          "filters.js",
          "format.js",
          "growing.js",
          "lists.js",
          "names.js",
          "poll.js",
          "runs.js",
          "scatter.js",
          "source.js",
          "state.js",
          "tiles.js",
          "tip.js",
          "trace.js",
          "trend.js",
          "waiting.js",
          "icon.svg");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private PageFiles() {}

  static Map<String, byte[]> load() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("/", read("page/index.html"));
    OURS.forEach(name -> files.put("/" + name, read("page/" + name)));
    files.put("/chart.js", read(CHART.formatted(chartVersion())));
    return files;
  }

  /** Content type of what is served under a path. */
  static String type(String path) {
    return path.equals("/")
        ? TYPES.get("html")
        : TYPES.get(path.substring(path.lastIndexOf('.') + 1));
  }

  private static String chartVersion() {
    // the version is part of the path in a WebJar, and the build decides it
    String properties = new String(read(CHART_POM), java.nio.charset.StandardCharsets.ISO_8859_1);
    return properties
        .lines()
        .filter(l -> l.startsWith("version="))
        .map(l -> l.substring("version=".length()).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No version in " + CHART_POM));
  }

  private static byte[] read(String resource) {
    try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "Resource '%s' is missing from the class path".formatted(resource));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
