package io.crescendo.stack;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * The node of before, where it did not stop but was killed.
 *
 * <p>It still leads its partitions in the metadata then. The node that starts takes itself for
 * that, becomes the coordinator of transactions, and tries to write the markers of those that were
 * just being ended, to its own port, which is not open yet. When it registers, nobody leads the
 * partitions for a moment; Kafka 4.3.1 takes them for deleted, and notes the transactions as ended
 * without their markers. Nobody who reads committed rows gets past those any more: the streams app
 * restores for ever. So the controller fences the broker of before, as it does with one that died,
 * before a broker starts.
 */
final class KilledBroker {

  /** What a broker leaves in a directory of logs when it stops, and removes when it starts. */
  private static final String STOPPED = ".kafka_cleanshutdown";

  /** How long it is waited for; the broker may have been killed before it registered. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final long POLL_MILLIS = 20;

  private KilledBroker() {}

  /** Whether a node has used the directory, and did not stop. */
  static boolean wasHere(Path dir) {
    return Files.exists(dir.resolve("__cluster_metadata-0")) && !Files.exists(dir.resolve(STOPPED));
  }

  /**
   * Runs the controller alone until it has fenced the broker.
   *
   * @param properties configuration of a controller
   */
  static void fence(Properties properties) throws JMException, InterruptedException {
    properties.put("broker.session.timeout.ms", "500");
    KafkaRaftServer controller =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    try {
      controller.startup();
      long deadline = System.nanoTime() + LONGEST.toNanos();
      while (fencedBrokers() == 0 && System.nanoTime() < deadline) {
        Thread.sleep(POLL_MILLIS);
      }
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private static int fencedBrokers() throws JMException {
    try {
      return (Integer)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName("kafka.controller:type=KafkaController,name=FencedBrokerCount"),
                  "Value");
    } catch (InstanceNotFoundException e) {
      return 0;
    }
  }
}
