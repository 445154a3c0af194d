package io.crescendo.stack.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.GeneratorSettings;
import io.crescendo.schemas.Topics;
import io.crescendo.stack.TestKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publisher as a program of its own, killed in the middle, against a real broker. */
class PublishOnceIT {

  private static final int ROWS = 60_000;
  private static final int BAD_ROWS = 3;
  private static final int KILLS = 2;

  @TempDir private Path dir;
  private TestKafka broker;

  @BeforeEach
  void start() {
    broker = TestKafka.start(dir.resolve("kafka"));
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void publishesEveryRowOnceThoughItIsKilledAgainAndAgain() throws Exception {
    Path file = artists();
    long before = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process publisher = publish(file, "--rate", "4000");
      long now = before;
      while (now <= before) {
        assertThat(publisher.isAlive()).as(output()).isTrue();
        now = committed(Topics.ARTIST_UPDATES.name()).size();
      }
      publisher.destroyForcibly().waitFor(); // SIGKILL, in the middle of a transaction
      before = now;
      assertThat(before).isLessThan(ROWS);
    }
    assertThat(exitCode(publish(file))).as(output()).isZero();
    assertThat(output()).contains("by an earlier run");
    List<String> ids = committed(Topics.ARTIST_UPDATES.name());
    assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(Set.copyOf(ids)).isEqualTo(idsIn(file));
    assertThat(committed(Topics.ARTIST_REJECTS.name())).hasSize(BAD_ROWS);

    assertThat(exitCode(publish(file))).as(output()).isZero();
    assertThat(output()).contains("artists.csv: published already (60,003 rows, 3 rejected)");
    Path copy = Files.createDirectories(dir.resolve("elsewhere")).resolve("artists.csv");
    Files.copy(file, copy);
    assertThat(exitCode(publish(copy))).as(output()).isZero();
    assertThat(committed(Topics.ARTIST_UPDATES.name())).hasSize(ROWS);

    assertThat(exitCode(publish(file, "--again"))).as(output()).isZero();
    assertThat(committed(Topics.ARTIST_UPDATES.name())).hasSize(2 * ROWS);
  }

  @Test
  void publishesFilesAsTheyAppearInADirectoryOnceEach() throws Exception {
    Path incoming = Files.createDirectories(dir.resolve("incoming"));
    Process publisher = publish(incoming, "--watch", "--watch-interval", "1");
    try {
      write(incoming.resolve("first.csv"), "a1,Ada,[],1\n");
      awaitCommitted(publisher, "a1");
      write(incoming.resolve("second.csv"), "b1,Ben,[],1\nb2,Cem,[],1\n");
      awaitCommitted(publisher, "a1", "b1", "b2");
      write(incoming.resolve("first.csv"), "a1,Ada,[],1\na2,Dua,[],2\n"); // another file by now
      awaitCommitted(publisher, "a1", "b1", "b2", "a1", "a2");
    } finally {
      publisher.destroy();
    }
    assertThat(publisher.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private static void write(Path file, String rows) throws IOException {
    Files.writeString(file, "id,name,genres,followers\n" + rows);
  }

  private void awaitCommitted(Process publisher, String... ids) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    List<String> committed = List.of();
    while (committed.size() < ids.length) {
      assertThat(publisher.isAlive()).as(output()).isTrue();
      assertThat(System.nanoTime()).as("only %s of %s", committed, output()).isLessThan(deadline);
      committed = committed(Topics.ARTIST_UPDATES.name());
    }
    assertThat(committed).containsExactlyInAnyOrder(ids);
  }

  private Path artists() throws IOException {
    Path file =
        ArtistFiles.generate(new GeneratorSettings(ROWS, 5, 0, Instant.now()), dir).get(0).path();
    for (int i = 0; i < BAD_ROWS; i++) {
      Files.writeString(
          file, "bad%d,Bad,1,[],x%s\n".formatted(i, ",".repeat(7)), StandardOpenOption.APPEND);
    }
    return file;
  }

  private static Set<String> idsIn(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .skip(1)
          .map(line -> line.substring(0, line.indexOf(',')))
          .filter(id -> !id.startsWith("bad"))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  private Process publish(Path source, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.crescendo.csv.CsvProducer",
                "publish",
                "--bootstrap-server",
                broker.bootstrapServers()));
    command.addAll(List.of(options));
    command.add(source.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("output.txt").toFile())
        .start();
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String output() throws IOException {
    Path output = dir.resolve("output.txt");
    return Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
  }

  /** Keys of all committed records of a topic; none if there is no such topic yet. */
  private List<String> committed(String topic) {
    Map<String, Object> properties =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    List<String> keys = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      if (!consumer.listTopics().containsKey(topic)) {
        return keys;
      }
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, String> item : consumer.poll(Duration.ofMillis(100))) {
          keys.add(item.key());
        }
      }
    }
    return keys;
  }
}
