package io.crescendo.connect.s3.metrics;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.UUID;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task as an MBean, {@code io.crescendo.connect.s3:type=sink-task,connector=...,task=...}. */
final class TaskBean implements DynamicMBean {

  private static final Logger LOG = LoggerFactory.getLogger(TaskBean.class);

  /** An attribute that is not listed: which task it is. */
  private static final String IDENTITY = "identity";

  private final String identity = UUID.randomUUID().toString();
  private final List<Metric> metrics;

  private TaskBean(List<Metric> metrics) {
    this.metrics = metrics;
  }

  /** Takes the place of a bean of the same task that Connect has given up without stopping it. */
  static PublishedMetrics publish(TaskMetrics metrics, String connector, String task) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName name =
          new ObjectName(
              "io.crescendo.connect.s3:type=sink-task,connector=%s,task=%s"
                  .formatted(ObjectName.quote(connector), task));
      remove(server, name);
      TaskBean bean = new TaskBean(metrics.all());
      server.registerMBean(bean, name);
      return () -> bean.leave(server, name);
    } catch (JMException e) {
      LOG.warn("{}-{} has no metrics in JMX, and goes on without: {}", connector, task, e);
      return () -> {};
    }
  }

  /** Another task may have taken its place. */
  private void leave(MBeanServer server, ObjectName name) {
    try {
      if (identity.equals(server.getAttribute(name, IDENTITY))) {
        remove(server, name);
      }
    } catch (JMException e) {
      LOG.debug("{} has gone by itself", name, e);
    }
  }

  private static void remove(MBeanServer server, ObjectName name) {
    try {
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
    } catch (InstanceNotFoundException e) {
      LOG.debug("{} has gone by itself", name);
    } catch (JMException e) {
      LOG.warn("{} stays in JMX: {}", name, e);
    }
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    if (attribute.equals(IDENTITY)) {
      return identity;
    }
    for (Metric metric : metrics) {
      if (metric.name().equals(attribute)) {
        return metric.value().getAsLong();
      }
    }
    throw new AttributeNotFoundException(attribute);
  }

  @Override
  public AttributeList getAttributes(String[] attributes) {
    AttributeList values = new AttributeList();
    for (String attribute : attributes) {
      try {
        values.add(new Attribute(attribute, getAttribute(attribute)));
      } catch (AttributeNotFoundException e) {
        LOG.debug("Asked for the metric {}, which there is not", attribute);
      }
    }
    return values;
  }

  /**
   * @throws AttributeNotFoundException always: metrics are read
   */
  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  /** There is nothing to invoke. */
  @Override
  public Object invoke(String action, Object[] parameters, String[] signature) {
    return null;
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanAttributeInfo[] attributes =
        metrics.stream()
            .map(m -> new MBeanAttributeInfo(m.name(), "long", m.description(), true, false, false))
            .toArray(MBeanAttributeInfo[]::new);
    return new MBeanInfo(TaskBean.class.getName(), "A sink task", attributes, null, null, null);
  }
}
