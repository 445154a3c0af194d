package io.crescendo.stack.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs Kafka's own command line tools against the broker of the stack. */
@Command(
    name = "kafka",
    mixinStandardHelpOptions = true,
    description = "Kafka's own tools, pointed at the broker of the stack.",
    footer = {
      "",
      "Tools: acls, configs, console-consumer, console-producer, consumer-groups,",
      "  consumer-perf-test, delete-records, get-offsets, groups, log-dirs,",
      "  producer-perf-test, streams-application-reset, streams-groups, topics, transactions",
      "",
      "Example: ./crescendo kafka topics --list",
      "Help of a tool: ./crescendo kafka topics --help"
    })
final class KafkaCommand implements Runnable {

  /** Start of the options that say where Kafka is, its brokers or its controllers. */
  static final String BROKERS = "--bootstrap-";

  private static final Map<String, String> TOOLS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("acls", "org.apache.kafka.tools.AclCommand"),
              Map.entry("configs", "kafka.admin.ConfigCommand"),
              Map.entry("console-consumer", "org.apache.kafka.tools.consumer.ConsoleConsumer"),
              Map.entry("console-producer", "org.apache.kafka.tools.ConsoleProducer"),
              Map.entry(
                  "consumer-groups", "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"),
              Map.entry("consumer-perf-test", "org.apache.kafka.tools.ConsumerPerformance"),
              Map.entry("delete-records", "org.apache.kafka.tools.DeleteRecordsCommand"),
              Map.entry("get-offsets", "org.apache.kafka.tools.GetOffsetShell"),
              Map.entry("groups", "org.apache.kafka.tools.GroupsCommand"),
              Map.entry("log-dirs", "org.apache.kafka.tools.LogDirsCommand"),
              Map.entry("producer-perf-test", "org.apache.kafka.tools.ProducerPerformance"),
              Map.entry("streams-application-reset", "org.apache.kafka.tools.StreamsResetter"),
              Map.entry("streams-groups", "org.apache.kafka.tools.streams.StreamsGroupCommand"),
              Map.entry("topics", "org.apache.kafka.tools.TopicCommand"),
              Map.entry("transactions", "org.apache.kafka.tools.TransactionsCommand")));

  @Spec private CommandSpec spec;

  @Option(
      names = "--bootstrap-server",
      defaultValue = "127.0.0.1:9092",
      description = "Brokers (default: those of the running stack, else ${DEFAULT-VALUE}).")
  private String bootstrapServer;

  @Parameters(index = "0", paramLabel = "TOOL", description = "One of the tools below.")
  private String tool;

  // everything behind the tool's name is the tool's own
  @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "Passed to the tool as is.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public void run() {
    String mainClass = TOOLS.get(tool);
    if (mainClass == null) {
      throw new ParameterException(
          spec.commandLine(),
          "No Kafka tool '%s'; there are %s".formatted(tool, String.join(", ", TOOLS.keySet())));
    }
    invoke(mainClass, withBrokers(arguments, bootstrapServer).toArray(String[]::new));
  }

  /** In front, because some tools have subcommands, which know no brokers. */
  static List<String> withBrokers(List<String> arguments, String bootstrapServer) {
    List<String> all = new ArrayList<>(arguments);
    if (all.stream().noneMatch(a -> a.startsWith(BROKERS))) {
      all.addAll(0, List.of("--bootstrap-server", bootstrapServer));
    }
    return all;
  }

  private static void invoke(String mainClass, String[] arguments) {
    try {
      Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "%s %s failed: %s".formatted(mainClass, Arrays.toString(arguments), e.getCause()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Kafka's %s is not in this build".formatted(mainClass), e);
    }
  }
}
