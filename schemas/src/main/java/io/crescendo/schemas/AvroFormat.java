package io.crescendo.schemas;

import io.crescendo.registry.RegistryException;
import io.crescendo.registry.SchemaRegistry;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;

/** How Avro records travel: by themselves, or with a schema registry. */
public interface AvroFormat {

  /**
   * A thread-safe serde for the values of a topic. It writes this format, and reads both, so that
   * what a topic held before a change of format stays readable.
   */
  <T extends SpecificRecordBase> Serde<T> serde(TopicDefinition topic, Class<T> type);

  /** Single-object encoding; see {@link AvroSerde}. Reads no other. */
  static AvroFormat singleObject() {
    return new AvroFormat() {
      @Override
      public <T extends SpecificRecordBase> Serde<T> serde(TopicDefinition topic, Class<T> type) {
        return AvroSerde.of(type);
      }
    };
  }

  /**
   * Confluent's wire format, for programs that only read.
   *
   * @param registry where the schemas are
   */
  static AvroFormat reading(SchemaRegistry registry) {
    return RegistryFormat.reading(registry);
  }

  /**
   * Confluent's wire format. Settles with the registry at once under which ids the schemas of the
   * topics go, so that writing a record asks nothing.
   *
   * @param registry where the schemas are, under the subjects {@code <topic>-value}
   * @param register whether to register what is missing there; where not, it must be there
   * @param topics what is going to be written, each with an Avro value
   * @throws RegistryException if the registry does not answer, or a schema may not follow the one
   *     that the registry has, or is missing; the message names every such topic
   */
  static AvroFormat writing(
      SchemaRegistry registry, boolean register, List<TopicDefinition> topics) {
    return RegistryFormat.writing(registry, register, topics);
  }
}
