package io.crescendo.streams;

import io.crescendo.schemas.Reject;
import io.crescendo.streams.Parsed.Accepted;
import io.crescendo.streams.Parsed.Rejected;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns raw records into updates keyed by artist id, or into rejects under the key they came with.
 */
final class ParseProcessor implements Processor<byte[], byte[], byte[], Object> {

  private final HomePartition home;
  private final ObservedAhead ahead;
  private final UpdateParser parser = new UpdateParser();
  private ProcessorContext<byte[], Object> context;
  private Meter meter;

  ParseProcessor(HomePartition home, ObservedAhead ahead) {
    this.home = home;
    this.ahead = ahead;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
    this.meter = new Meter(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    Origin origin = new Origin(metadata.partition(), metadata.offset(), record.timestamp());
    Parsed parsed = inTime(parser.parse(record.key(), record.value(), origin));
    if (parsed instanceof Rejected rejected) {
      meter.reject(rejected.problem().reason());
      Reject reject =
          Rejects.of(
              rejected.problem(),
              rejected.source(),
              origin,
              record.key(),
              record.value(),
              context.currentSystemTimeMs());
      context.forward(
          new Record<>(Rejects.key(record.key()), reject, record.timestamp()),
          ArtistTopology.REJECTED);
    } else if (parsed instanceof Accepted accepted) {
      if (accepted.unknownFields() > 0) {
        meter.unknownFields();
      }
      Update update = accepted.update();
      boolean atHome = home.holds(record.key(), update.id(), origin.partition());
      byte[] id = atHome ? record.key() : update.id().getBytes(StandardCharsets.UTF_8);
      meter.placement(atHome);
      context.forward(
          new Record<>(id, update, record.timestamp()),
          atHome ? ArtistTopology.AT_HOME : ArtistTopology.ELSEWHERE);
    }
  }

  private Parsed inTime(Parsed parsed) {
    if (!(parsed instanceof Accepted accepted)) {
      return parsed;
    }
    Update update = accepted.update();
    Problem problem = ahead.problem(update, context.currentSystemTimeMs());
    return problem == null ? parsed : new Rejected(problem, Problem.shortened(update.source()));
  }
}
