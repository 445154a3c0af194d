package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page, as a browser gets them. */
class PageFilesTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path directory;
  private static TestStore store;
  private static DashboardServer server;

  @BeforeAll
  static void start() {
    store = new TestStore(directory);
    server =
        DashboardServer.start(store.client(), store.settings(), DashboardServer.DEFAULT_HOST, 0);
  }

  @AfterAll
  static void stop() {
    server.close();
    store.close();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static Stream<String> files() {
    return PageFiles.load().keySet().stream();
  }

  @Test
  void servesEveryFileThatThePageOrAScriptNames() throws Exception {
    Pattern named = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"|from \"\\.(/[^\"]+)\"");
    Set<String> missing = new TreeSet<>();
    for (String file : files().filter(f -> f.equals("/") || f.endsWith(".js")).toList()) {
      Matcher names = named.matcher(get(file).body());
      while (names.find()) {
        String name = names.group(1) == null ? names.group(2) : names.group(1);
        if (files().noneMatch(name::equals)) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void servesTheFilesOfThePage(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(PageFiles.type(path));
    assertThat(response.body()).hasSizeGreaterThan(100);
  }

  @Test
  void servesChartJsFromItsWebJar() throws Exception {
    assertThat(get("/chart.js").body()).contains("Chart.js v4");
  }

  @Test
  void thePageLoadsNothingFromElsewhereAndNothingInline() throws Exception {
    String page = get("/").body();

    assertThat(page)
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContain("style=\"")
        .doesNotContain("<style")
        .doesNotContainPattern("<script(?![^>]*src=)")
        .doesNotContainPattern(" on[a-z]+=\"");
    for (String script : files().filter(f -> f.endsWith(".js")).toList()) {
      assertThat(script.equals("/chart.js") ? "" : get(script).body())
          .as("names are data, never markup")
          .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write");
    }
  }

  @Test
  void keepsTheDirectionOfANameFromWhatStandsBesideIt() throws Exception {
    assertThat(get("/page.css").body()).contains("a, b, small, span { unicode-bidi: isolate; }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s"})
  void sendsAFileOnlyOnceToABrowserThatKeepsIt(String known) throws Exception {
    String tag = get("/page.js").headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[0-9a-f]+\"");

    HttpResponse<String> response = get("/page.js", "If-None-Match", known.formatted(tag));

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.headers().firstValue("ETag")).contains(tag);
    assertThat(response.body()).isEmpty();
  }
}
