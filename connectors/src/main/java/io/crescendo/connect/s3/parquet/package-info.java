/**
 * Turns record values into Parquet files in memory.
 *
 * <p>Two ways lead there, both without an intermediate record: {@link
 * io.crescendo.connect.s3.parquet.AvroRowTypes} reads the Avro binary straight into {@link
 * io.crescendo.connect.s3.parquet.ColumnChunks}; {@link
 * io.crescendo.connect.s3.parquet.StructRowTypes} does the same with Connect Structs. Start reading
 * at {@link io.crescendo.connect.s3.parquet.RowType}, {@link
 * io.crescendo.connect.s3.parquet.ParquetFile} and {@link
 * io.crescendo.connect.s3.parquet.ColumnChunks}.
 *
 * <p>parquet-java names Hadoop classes in its signatures, so they are needed to compile; but no
 * class of Hadoop is loaded when the sink runs, as the file, the configuration and the codecs are
 * our own.
 */
package io.crescendo.connect.s3.parquet;
