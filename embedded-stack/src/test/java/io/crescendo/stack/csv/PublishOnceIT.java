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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
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
  private final List<Process> publishers = new ArrayList<>();
  private TestKafka broker;

  @BeforeEach
  void start() {
    broker = TestKafka.start(dir.resolve("kafka"));
  }

  @AfterEach
  void stop() throws Exception {
    publishers.forEach(Process::destroyForcibly); // those that a failed test has left behind
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
  void publishesEveryRowOnceThoughTwoPublishersOfAFileLiveAtATime() throws Exception {
    Path file = artists();
    Process first = publish(file, "--rate", "4000");
    while (committed(Topics.ARTIST_UPDATES.name()).isEmpty()) {
      assertThat(first.isAlive()).as(output()).isTrue();
    }
    Process second = publish(file);
    assertThat(exitCode(second)).as(output()).isZero();
    assertThat(output()).contains("by an earlier run");
    assertThat(exitCode(first)).isEqualTo(1);
    assertThat(output(0)).contains("artists.csv: another run took it over");
    List<String> ids = committed(Topics.ARTIST_UPDATES.name());
    assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(committed(Topics.ARTIST_REJECTS.name())).hasSize(BAD_ROWS);
  }

  @Test
  void saysWhatItGuessedAndRejectedUnlessItIsToBeQuiet() throws Exception {
    Path file = dir.resolve("w.csv");
    Files.writeString(
        file,
        "id,name,genres,followers\na1,Caf\u00e9,[],1\na2,Ben,[],x\n",
        StandardCharsets.ISO_8859_1);
    assertThat(exitCode(publish(file, "--quiet"))).as(output()).isZero();
    assertThat(output()).doesNotContain("w.csv");
    assertThat(exitCode(publish(file, "--again"))).as(output()).isZero();
    assertThat(output()).contains("w.csv: read as windows-1252", "w.csv:3: column 'followers'");
  }

  @Test
  void remembersInATopicOfManyPartitionsAndInNoneThatForgets() throws Exception {
    Path file = dir.resolve("a.csv");
    write(file, "a1,Ada,[],1\n");
    create(Topics.CSV_PROGRESS.name(), 4, "compact");
    assertThat(exitCode(publish(file))).as(output()).isZero();
    assertThat(exitCode(publish(file))).as(output()).isZero();
    assertThat(output()).contains("a.csv: published already (1 rows, 0 rejected)");
    setPolicy(Topics.CSV_PROGRESS.name(), "delete");
    assertThat(exitCode(publish(file))).as(output()).isEqualTo(2);
    assertThat(output())
        .contains("the topic csv-progress must have the cleanup.policy compact, got delete");
    assertThat(committed(Topics.ARTIST_UPDATES.name())).containsExactly("a1");
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
    Process publisher =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("output-%d.txt".formatted(publishers.size())).toFile())
            .start();
    publishers.add(publisher);
    return publisher;
  }

  private void create(String topic, int partitions, String policy) throws Exception {
    try (Admin admin = admin()) {
      NewTopic created =
          new NewTopic(topic, partitions, (short) 1).configs(Map.of("cleanup.policy", policy));
      admin.createTopics(List.of(created)).all().get();
    }
  }

  private void setPolicy(String topic, String policy) throws Exception {
    AlterConfigOp set =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
    try (Admin admin = admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** What the publisher that was started last has printed. */
  private String output() throws IOException {
    return output(publishers.size() - 1);
  }

  private String output(int publisher) throws IOException {
    Path output = dir.resolve("output-%d.txt".formatted(publisher));
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
