package io.crescendo.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of a pipeline on one machine.
 *
 * @param dir directory for everything it keeps
 * @param ports where it listens
 * @param commitInterval micro-batch of the streams app: an update shows in the totals within three
 * @param landingInterval how long the S3 sink gathers records before it lands them
 * @param schemaRegistry addresses of a schema registry whose wire format the topics carry; absent
 *     for single-object encoding, which needs none
 */
public record PipelineSettings(
    Path dir,
    Ports ports,
    Duration commitInterval,
    Duration landingInterval,
    Optional<String> schemaRegistry) {

  /** Intervals for a person who waits: an update is in the warehouse after about three seconds. */
  public static PipelineSettings impatient(Path dir, Ports ports) {
    return new PipelineSettings(
        dir, ports, Duration.ofMillis(500), Duration.ofSeconds(2), Optional.empty());
  }

  /** These, with a schema registry. */
  public PipelineSettings withSchemaRegistry(String urls) {
    return new PipelineSettings(dir, ports, commitInterval, landingInterval, Optional.of(urls));
  }
}
