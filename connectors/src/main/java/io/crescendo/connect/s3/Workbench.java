package io.crescendo.connect.s3;

import io.crescendo.connect.s3.config.SinkSettings;
import io.crescendo.connect.s3.layout.Layout;
import io.crescendo.connect.s3.metrics.TaskMetrics;
import io.crescendo.connect.s3.parquet.AvroRowTypes;
import io.crescendo.connect.s3.parquet.Codec;
import io.crescendo.connect.s3.parquet.MetadataRowTypes;
import io.crescendo.connect.s3.parquet.RowTypes;
import io.crescendo.connect.s3.parquet.StructRowTypes;
import io.crescendo.connect.s3.parquet.ValueRowTypes;
import io.crescendo.connect.s3.store.ObjectStore;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * What the partitions of a task share.
 *
 * @param settings the configuration
 * @param context the task's way to Connect
 * @param badRecords where bad records go
 * @param rowTypes how values become rows
 * @param layout where rows go
 * @param codec compression
 * @param metadata what is written beside objects
 * @param store where files go
 * @param executor what uploads run on
 * @param leftovers uploads of partitions that moved on
 * @param patience what the put that runs may wait
 * @param metrics what the task tells about itself
 * @param clock for rotation
 */
record Workbench(
    SinkSettings settings,
    SinkTaskContext context,
    BadRecords badRecords,
    RowTypes rowTypes,
    Layout layout,
    Codec codec,
    ObjectMetadata metadata,
    ObjectStore store,
    Executor executor,
    Leftovers leftovers,
    Patience patience,
    TaskMetrics metrics,
    Clock clock) {

  static Workbench of(
      SinkSettings settings,
      SinkTaskContext context,
      ObjectStore store,
      Executor executor,
      Clock clock) {
    TaskMetrics metrics = new TaskMetrics(clock);
    return new Workbench(
        settings,
        context,
        BadRecords.of(context, metrics),
        MetadataRowTypes.of(
            new ValueRowTypes(new AvroRowTypes(settings.format().schemas()), new StructRowTypes()),
            settings.format().metadata()),
        new Layout(
            settings.layout(),
            settings.format().codec().getExtension() + ".parquet",
            settings.format().compatibility()::shared),
        new Codec(settings.format().codec(), settings.format().zstdLevel()),
        new ObjectMetadata(settings.format().compatibility()),
        store,
        executor,
        new Leftovers(),
        new Patience(clock),
        metrics,
        clock);
  }
}
