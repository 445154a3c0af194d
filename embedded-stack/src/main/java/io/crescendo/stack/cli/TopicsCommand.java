package io.crescendo.stack.cli;

import io.crescendo.registry.RegistryOptions;
import io.crescendo.schemas.TopicDefinition;
import io.crescendo.schemas.Topics;
import io.crescendo.stack.StackException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the topics of the pipeline. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Shows the topics of the pipeline, and what is in them.")
final class TopicsCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Without a subcommand: what the topics are. */
  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (TopicDefinition topic : Topics.ALL) {
      out.printf(
          "%-16s %s%n%-16s key: %s; value: %s; %s partitions; %s%n",
          topic.name(),
          topic.description(),
          "",
          topic.key(),
          topic.valueSchema() == null ? "JSON" : "Avro " + topic.valueSchema().getName(),
          topic.partitions(),
          topic.config().get("cleanup.policy"));
    }
    out.flush();
  }

  /** Prints the committed records of one topic as they come. */
  @Command(
      name = "tail",
      mixinStandardHelpOptions = true,
      description = "Prints a topic as JSON lines, Avro decoded, until Ctrl-C.")
  int tail(
      @Parameters(paramLabel = "NAME", description = "Topic, such as artists.") String name,
      @Option(
              names = "--bootstrap-server",
              defaultValue = "127.0.0.1:9092",
              description = "Brokers (default: those of the running stack, else ${DEFAULT-VALUE}).")
          String bootstrapServer,
      @Option(
              names = "--kafka-property",
              paramLabel = "KEY=VALUE",
              description = "Any consumer property; repeatable.")
          Map<String, String> kafkaProperties,
      @Option(
              names = "--from-beginning",
              description = "From the first record kept, not from now on.")
          boolean fromBeginning,
      @Option(
              names = "--max",
              paramLabel = "N",
              defaultValue = "9223372036854775807",
              description = "Ends after N records.")
          long max,
      @Option(
              names = "--exit-at-end",
              description = "Ends when everything there at the start is printed.")
          boolean exitAtEnd,
      @Mixin RegistryOptions registry) {
    TopicDefinition topic;
    try {
      topic = Topics.named(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.subcommands().get("tail"), e.getMessage(), e);
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServer);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    if (kafkaProperties != null) {
      properties.putAll(kafkaProperties);
    }
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      print(
          consumer,
          new RecordJson(topic, registry.registry()),
          topic.name(),
          fromBeginning,
          max,
          exitAtEnd);
    }
    return 0;
  }

  static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions == null || partitions.isEmpty()) {
      throw new StackException(
          "The brokers have no topic '%s' yet; the pipeline creates it when it starts"
              .formatted(topic));
    }
    return partitions.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
  }

  private void print(
      KafkaConsumer<byte[], byte[]> consumer,
      RecordJson json,
      String topic,
      boolean fromBeginning,
      long max,
      boolean exitAtEnd) {
    List<TopicPartition> partitions = partitions(consumer, topic);
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = new LinkedHashMap<>(consumer.endOffsets(partitions));
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      ends.forEach(consumer::seek);
      if (!exitAtEnd) {
        spec.commandLine()
            .getErr()
            .println("Waiting for new records; --from-beginning prints those that are there, too.");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    long printed = 0;
    while (printed < max) {
      if (exitAtEnd && partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
        return;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
        out.println(json.line(record));
        printed++;
        if (printed == max) {
          break;
        }
      }
      out.flush();
      if (out.checkError()) {
        // whoever read the lines has gone away, as head does
        return;
      }
    }
  }
}
