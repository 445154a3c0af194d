/**
 * Kafka Connect sink that lands topics as Parquet in S3, exactly once.
 *
 * <p>Start reading at {@link io.crescendo.connect.s3.S3ParquetSinkTask}, which holds the lifecycle,
 * then {@link io.crescendo.connect.s3.PartitionWriter}, which carries out for one topic partition
 * what the {@linkplain io.crescendo.connect.s3.protocol protocol} decides. Files are made in {@link
 * io.crescendo.connect.s3.parquet}, named in {@link io.crescendo.connect.s3.layout}, and kept in
 * {@link io.crescendo.connect.s3.store}.
 */
package io.crescendo.connect.s3;
