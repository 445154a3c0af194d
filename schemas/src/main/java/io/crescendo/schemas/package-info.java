/**
 * What the modules of the pipeline agree on: the Avro types (generated from {@code src/main/avro}),
 * how they travel, and the topics that carry them.
 *
 * <p>Start reading at {@link io.crescendo.schemas.Topics}, then {@link
 * io.crescendo.schemas.AvroSerde}.
 */
package io.crescendo.schemas;
