package io.crescendo.schemas;

import io.crescendo.registry.RegistryException;
import io.crescendo.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;

/** Records in Confluent's wire format, with the ids that the registry gave to their schemas. */
final class RegistryFormat implements AvroFormat {

  private final SchemaRegistry registry;
  private final Map<String, Integer> ids;

  private RegistryFormat(SchemaRegistry registry, Map<String, Integer> ids) {
    this.registry = registry;
    this.ids = ids;
  }

  static RegistryFormat reading(SchemaRegistry registry) {
    return new RegistryFormat(registry, Map.of());
  }

  static RegistryFormat writing(
      SchemaRegistry registry, boolean register, List<TopicDefinition> topics) {
    Map<String, Integer> ids = new HashMap<>();
    List<String> problems = new ArrayList<>();
    List<TopicDefinition> missing = new ArrayList<>();
    for (TopicDefinition topic : topics) {
      String subject = SchemaRegistry.valueSubject(topic.name());
      OptionalInt id = registry.find(subject, topic.valueSchema());
      id.ifPresent(i -> ids.put(topic.name(), i));
      if (id.isEmpty()) {
        missing.add(topic);
        registry
            .incompatibility(subject, topic.valueSchema())
            .map(
                why ->
                    "schema '%s' may not follow those of subject '%s': %s"
                        .formatted(topic.valueSchema().getFullName(), subject, why))
            .ifPresent(problems::add);
        if (!register) {
          problems.add(
              "subject '%s' does not have schema '%s', and registering is switched off"
                  .formatted(subject, topic.valueSchema().getFullName()));
        }
      }
    }
    // All are checked before the first is registered: a registry does not forget easily.
    if (!problems.isEmpty()) {
      throw new RegistryException(String.join("; ", problems) + "; nothing was registered");
    }
    for (TopicDefinition topic : missing) {
      ids.put(
          topic.name(),
          registry.register(SchemaRegistry.valueSubject(topic.name()), topic.valueSchema()));
    }
    return new RegistryFormat(registry, Map.copyOf(ids));
  }

  @Override
  public <T extends SpecificRecordBase> Serde<T> serde(TopicDefinition topic, Class<T> type) {
    return new RegistrySerde<>(registry, ids.get(topic.name()), type);
  }
}
