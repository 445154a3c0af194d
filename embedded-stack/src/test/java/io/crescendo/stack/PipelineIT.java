package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.csv.Progress;
import io.crescendo.csv.PublishOptions;
import io.crescendo.csv.PublishReport;
import io.crescendo.refresh.QueryResult;
import io.crescendo.refresh.RunRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline, from a file and from a console to the answers of the queries. */
class PipelineIT {

  private static final Instant OBSERVED = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path dir;
  private Pipeline pipeline;

  @BeforeEach
  void start() {
    pipeline = start(dir.resolve("data"));
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void bringsTheFiguresOfAFileToTheQueriesAndKeepsThemWhenItComesAgain() throws IOException {
    SampleFile sample = SampleFile.write(dir.resolve("sample.csv"), 1_500);
    PublishReport report =
        pipeline.publish(sample.path(), OBSERVED, PublishOptions.AGAIN, Progress.NONE);
    assertThat(report.accepted()).isEqualTo(sample.accepted());
    assertThat(report.rejectedByReason()).isEqualTo(sample.rejected());

    RunRecord first = refreshed();
    assertThat(rows(first, "artists")).isEqualTo(sample.accepted());
    assertThat(rows(first, "artist_rejects")).isEqualTo(sample.rejects());
    assertSample(sample, sample.rejects());

    pipeline.publish(sample.path(), OBSERVED, PublishOptions.AGAIN, Progress.NONE);
    RunRecord second = refreshed();
    assertThat(rows(second, "artists")).isEqualTo(2 * sample.accepted());
    // no total has changed, so no total was written
    assertThat(rows(second, "genre_followers")).isEqualTo(rows(first, "genre_followers"));
    assertSample(sample, 2 * sample.rejects());
  }

  @Test
  void followsWhatIsTypedIntoAConsoleProducerThroughARestart() {
    Console.type(pipeline, "{\"id\":\"x1\",\"name\":\"X\",\"genres\":[\"pop\"],\"followers\":5}");
    Console.type(
        pipeline, "{\"id\":\"x2\",\"name\":\"Y\",\"genres\":\"Dance Pop; pop\",\"followers\":100}");
    refreshed();
    assertThat(followersOf("pop")).isEqualTo(105);
    assertThat(followersOf("dance pop")).isEqualTo(100);

    Console.type(pipeline, "{\"id\":\"x1\",\"name\":\"X\",\"genres\":[\"pop\"],\"followers\":7}");
    Console.type(pipeline, "garbage");
    refreshed();
    assertThat(followersOf("pop")).isEqualTo(107);
    QueryResult rejects = pipeline.warehouse().results().get("rejects_by_reason");
    assertThat(rejects.rows()).hasSize(1);
    assertThat(rejects.value(0, "reason")).isEqualTo("not_json");

    pipeline.close();
    pipeline = start(dir.resolve("data"));
    Console.type(pipeline, "{\"id\":\"x1\",\"deleted\":true}");
    refreshed();
    assertThat(followersOf("pop")).isEqualTo(100);
    assertThat(total("artists")).isEqualTo(1);
  }

  @Test
  void landsEveryRowOnceThoughTheSinkIsRestartedInTheMiddle() throws Exception {
    SampleFile sample = SampleFile.write(dir.resolve("sample.csv"), 4_000);
    CompletableFuture<Void> restarts =
        CompletableFuture.runAsync(
            () -> {
              ConnectRest rest = new ConnectRest(pipeline.stack().connectUrl());
              for (int i = 0; i < 3; i++) {
                rest.deploy(Pipeline.CONNECTOR, Pipeline.connectorConfig(), Duration.ofSeconds(30));
                rest.restart(Pipeline.CONNECTOR);
              }
            });
    int times = 0;
    do {
      // until the last restart has happened in the middle
      pipeline.publish(sample.path(), OBSERVED, PublishOptions.AGAIN, Progress.NONE);
      times++;
    } while (!restarts.isDone());
    restarts.join();
    RunRecord run = refreshed();
    assertThat(rows(run, "artists")).isEqualTo(times * sample.accepted());
    assertSample(sample, times * sample.rejects());
  }

  @Test
  void tellsWhyTheSinkHasFailedForGood() {
    assertThat(pipeline.failure()).isEmpty();
    ConnectRest rest = new ConnectRest(pipeline.stack().connectUrl());
    rest.deploy(
        Pipeline.CONNECTOR,
        Pipeline.connectorConfig()
            .replace(
                "org.apache.kafka.connect.converters.ByteArrayConverter",
                "org.apache.kafka.connect.json.JsonConverter"),
        Duration.ofSeconds(60));
    Console.type(pipeline, "{\"id\":\"x1\",\"name\":\"X\",\"genres\":[],\"followers\":5}");
    Until.reached(() -> pipeline.failure().isPresent());
    assertThat(pipeline.failure().orElseThrow())
        .startsWith("Task ")
        .contains("of connector 'crescendo-s3-sink' failed")
        .contains("Converting byte[] to Kafka Connect data failed")
        .doesNotContain("\tat ");
    pipeline.close();
    assertThat(pipeline.failure()).contains("The pipeline was closed");
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
            .toList();
    Endpoints at = pipeline.endpoints();
    List<Integer> ports =
        Stream.of(
                URI.create("kafka://" + at.bootstrapServers()),
                URI.create(at.s3Endpoint()),
                URI.create(at.connectUrl()),
                URI.create(at.pageUrl()),
                pipeline.questions())
            .map(URI::getPort)
            .toList();
    assertThat(ports).doesNotContain(-1);
    for (InetAddress address : others) {
      for (int port : ports) {
        assertThatThrownBy(
                () -> {
                  try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, port), 500);
                  }
                })
            .as("%s:%d", address, port)
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static Pipeline start(Path data) {
    return Pipeline.start(PipelineSettings.impatient(data, Ports.anyFree()));
  }

  /** Waits until everything published is in the warehouse, then refreshes. */
  private RunRecord refreshed() {
    try (Positions positions = pipeline.positions()) {
      Until.reached(positions::allEnriched);
      Until.reached(positions::allLanded);
    }
    return pipeline.warehouse().refresh();
  }

  private void assertSample(SampleFile sample, long rejects) {
    assertThat(total("artists")).isEqualTo(sample.accepted());
    assertThat(total("artists_without_genre")).isEqualTo(sample.withoutGenre());
    assertThat(total("genres")).isEqualTo(sample.followersByGenre().size());
    assertThat(total("followers_total")).isEqualTo(sample.followers());
    assertThat(total("rejected")).isEqualTo(rejects);
    QueryResult genres = pipeline.warehouse().results().get("genres");
    Map<String, Long> byGenre =
        genres.rows().stream()
            .collect(Collectors.toMap(r -> (String) r.get(0), r -> (Long) r.get(2)));
    assertThat(byGenre).isEqualTo(sample.followersByGenre());
  }

  private long total(String name) {
    return (Long) pipeline.warehouse().results().get("totals").value(0, name);
  }

  private long followersOf(String genre) {
    QueryResult genres = pipeline.warehouse().results().get("genres");
    for (int i = 0; i < genres.rows().size(); i++) {
      if (genres.value(i, "genre").equals(genre)) {
        return (Long) genres.value(i, "followers");
      }
    }
    return 0;
  }

  private static long rows(RunRecord run, String table) {
    return run.tables().stream()
        .filter(t -> t.name().equals(table))
        .mapToLong(RunRecord.TableRows::rows)
        .findFirst()
        .orElse(0);
  }

  /**
   * A CSV file in the shape of the widely shared Spotify export, and what a correct load of it
   * gives, computed here without the pipeline.
   */
  private record SampleFile(
      Path path,
      long accepted,
      long withoutGenre,
      long followers,
      Map<String, Long> followersByGenre,
      Map<String, Long> rejected) {

    static SampleFile write(Path path, int rows) throws IOException {
      StringBuilder csv =
          new StringBuilder("id,name,artist_popularity,artist_genres,followers,genre_0,genre_1\n");
      Map<String, Long> byGenre = new java.util.HashMap<>();
      long withoutGenre = 0;
      long followers = 0;
      for (int i = 0; i < rows; i++) {
        long count = (long) i * i;
        followers += count;
        String[] genres =
            switch (i % 4) {
              case 0 -> new String[] {"pop", "children's music"};
              case 1 -> new String[] {"genre " + i % 37};
              default -> new String[0];
            };
        withoutGenre += genres.length == 0 ? 1 : 0;
        String list =
            java.util.Arrays.stream(genres)
                .peek(g -> byGenre.merge(g, count, Long::sum))
                .map(g -> g.contains("'") ? "\"\"" + g + "\"\"" : "'" + g + "'")
                .collect(Collectors.joining(", ", "\"[", "]\""));
        csv.append(
            "artist%05d,\"Name, \"\"%d\"\" \",%d,%s,%d,,\n".formatted(i, i, i % 101, list, count));
      }
      csv.append("bad1,Bad,5,[],\"12,50\",,\n");
      csv.append("bad2,,5,[],12,,\n");
      csv.append("bad3,Bad,101,[],12,,\n");
      Files.writeString(path, csv, StandardCharsets.UTF_8);
      return new SampleFile(
          path,
          rows,
          withoutGenre,
          followers,
          byGenre,
          Map.of("not_a_whole_number", 1L, "blank_field", 1L, "out_of_range", 1L));
    }

    long rejects() {
      return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
