package io.crescendo.connect.s3.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Arrays;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Metrics on a worker that takes none from its plugins. */
class TaskBeanTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final TaskMetrics metrics = new TaskMetrics(Clock.systemUTC());

  @Test
  void showsEveryMetricWithItsDescriptionUntilClosed() throws Exception {
    ObjectName name = name("my sink:x", 3);
    metrics.landed(7, 100);
    try (PublishedMetrics ignored = TaskBean.publish(metrics, "my sink:x", "3")) {
      assertThat(server.getMBeanInfo(name).getAttributes())
          .hasSameSizeAs(metrics.all())
          .allSatisfy(a -> assertThat(a.getDescription()).endsWith("."))
          .allSatisfy(a -> assertThat(a.isWritable()).isFalse());
      assertThat(server.getAttribute(name, "rows-landed-total")).isEqualTo(7L);
      assertThat(server.getAttributes(name, names(name)).asList()).hasSameSizeAs(metrics.all());
      assertThatThrownBy(() -> server.getAttribute(name, "nonsense"))
          .isInstanceOf(AttributeNotFoundException.class);
    }
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void takesThePlaceOfATaskThatWasGivenUp() throws Exception {
    PublishedMetrics before = TaskBean.publish(new TaskMetrics(Clock.systemUTC()), "again", "0");
    metrics.landed(1, 1);
    try (PublishedMetrics ignored = TaskBean.publish(metrics, "again", "0")) {
      assertThat(server.getAttribute(name("again", 0), "files-landed-total")).isEqualTo(1L);
      before.close();
      assertThat(server.isRegistered(name("again", 0))).as("after the old one's end").isTrue();
    }
    assertThat(server.isRegistered(name("again", 0))).isFalse();
  }

  private String[] names(ObjectName name) throws Exception {
    return Arrays.stream(server.getMBeanInfo(name).getAttributes())
        .map(MBeanAttributeInfo::getName)
        .toArray(String[]::new);
  }

  private static ObjectName name(String connector, int task) throws Exception {
    return new ObjectName(
        "io.crescendo.connect.s3:type=sink-task,connector=%s,task=%d"
            .formatted(ObjectName.quote(connector), task));
  }
}
