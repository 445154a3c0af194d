package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a broker with -9 while transactions end. */
class KilledBrokerIT {

  private static final int KILLS = 2;
  private static final int PARTITIONS = 20;
  private static final int PRODUCERS = 8;

  @TempDir private Path dir;
  private final int port = Ports.free();

  @Test
  void leavesNoTransactionOpenForGood() throws Exception {
    Process broker = start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
      admin.createTopics(List.of(new NewTopic("t", PARTITIONS, (short) 1))).all().get();
      for (int kill = 0; kill < KILLS; kill++) {
        commitAndKill(broker);
        broker = start();
        Until.reached(() -> allIsReadable(admin));
      }
    } finally {
      broker.destroyForcibly().waitFor();
    }
  }

  private void commitAndKill(Process broker) throws InterruptedException {
    List<KafkaProducer<String, String>> producers =
        IntStream.range(0, PRODUCERS).mapToObj(this::producer).toList();
    List<Thread> committing =
        producers.stream().map(p -> new Thread(() -> commitAgainAndAgain(p))).toList();
    committing.forEach(Thread::start);
    TimeUnit.SECONDS.sleep(1);
    broker.destroyForcibly().waitFor();
    for (Thread thread : committing) {
      thread.join();
    }
    // Else they wait for the answer to what they have sent.
    producers.forEach(p -> p.close(Duration.ZERO));
  }

  private KafkaProducer<String, String> producer(int number) {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "transactional.id",
                "producer-" + number,
                "transaction.timeout.ms",
                2_000,
                "max.block.ms",
                2_000),
            new StringSerializer(),
            new StringSerializer());
    producer.initTransactions();
    return producer;
  }

  /** Until the broker is gone. */
  private static void commitAgainAndAgain(KafkaProducer<String, String> producer) {
    try {
      while (true) {
        producer.beginTransaction();
        for (int p = 0; p < PARTITIONS; p++) {
          producer.send(new ProducerRecord<>("t", p, null, "value"));
        }
        producer.commitTransaction();
      }
    } catch (KafkaException e) {
      // The broker does not answer any more.
    }
  }

  /** Whether no transaction keeps who reads committed records from the end. */
  private static boolean allIsReadable(Admin admin) {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, PARTITIONS)
            .mapToObj(p -> new TopicPartition("t", p))
            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    try {
      return ends(admin, ends, IsolationLevel.READ_COMMITTED)
          .equals(ends(admin, ends, IsolationLevel.READ_UNCOMMITTED));
    } catch (Exception e) {
      return false; // it does not serve yet
    }
  }

  private static Map<TopicPartition, Long> ends(
      Admin admin, Map<TopicPartition, OffsetSpec> ends, IsolationLevel level) throws Exception {
    return admin.listOffsets(ends, new ListOffsetsOptions(level)).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledBrokerIT.class.getName(),
            dir.resolve("kafka").toString(),
            Integer.toString(port))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Runs a broker until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]))) {
      assertThat(broker.bootstrapServers()).isNotEmpty();
      TimeUnit.DAYS.sleep(1);
    }
  }
}
