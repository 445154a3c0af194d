package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crescendo.csv.GenerateCommand;
import io.crescendo.csv.PublishCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import picocli.CommandLine;

/**
 * {@code docker-compose.yml} on an engine, where one answers: a file goes in, and the page shows
 * its artists. Uses the ports that the file publishes on this machine.
 */
class ComposeIT {

  private static final int ARTISTS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Pattern ROWS =
      Pattern.compile("crescendo_refresh_table_rows\\{table=\"artists\"} ([0-9.E]+)");

  @TempDir private Path dir;

  @Test
  void bringsAGeneratedFileToThePage() throws Exception {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine answers, so docker-compose.yml was not run");
    assumeTrue(
        Ports.DEFAULT.taken().isEmpty(),
        () -> "docker-compose.yml was not run; taken: " + Ports.DEFAULT.taken());
    Map<String, String> environment = new HashMap<>(Compose.environmentExample());
    environment.put("CRESCENDO_LANDING_INTERVAL_MS", "2000");
    environment.put("CRESCENDO_CRON", "* * * * *");
    try (ComposeContainer compose =
        new ComposeContainer(Compose.PROJECT.resolve("docker-compose.yml").toFile())
            .withEnv(environment)
            .withBuild(true)
            .withStartupTimeout(PATIENCE)
            .waitingFor("page", Wait.forHealthcheck().withStartupTimeout(PATIENCE))
            .waitingFor("streams-app", Wait.forHealthcheck().withStartupTimeout(PATIENCE))) {
      compose.start();
      Path file = dir.resolve("artists.csv");
      run(new GenerateCommand(), "--artists=" + ARTISTS, "--out=" + file);
      run(
          new PublishCommand(),
          "--bootstrap-server=127.0.0.1:" + Ports.DEFAULT.kafka(),
          file.toString());
      assertThat(artistsOnPage()).isEqualTo(ARTISTS);
      assertThat(get("/")).contains("<html");
    }
  }

  private static void run(Object command, String... arguments) {
    assertThat(new CommandLine(command).execute(arguments)).isZero();
  }

  private static double artistsOnPage() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    double artists = 0;
    while (artists < ARTISTS && System.nanoTime() < end) {
      TimeUnit.SECONDS.sleep(2);
      Matcher rows = ROWS.matcher(get("/metrics"));
      artists = rows.find() ? Double.parseDouble(rows.group(1)) : 0;
    }
    return artists;
  }

  private static String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(Ports.DEFAULT.page(), path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
