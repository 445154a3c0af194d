/**
 * Artist files into the topic {@code artist-updates}, each row exactly once.
 *
 * <p>Start reading at {@link io.crescendo.csv.CsvPublisher}. What it reads is a {@link
 * io.crescendo.csv.Source}. {@code Shape} finds out how a file is written, {@code ColumnFinder}
 * what its columns are; bytes become rows in {@code RecordReader}, cells become artists in {@code
 * RowRules}, artists become JSON in {@code UpdateJson}. {@code PublishRun} hands them to Kafka in
 * {@code Transactions}, together with the {@code Checkpoint}s that {@code ProgressLog} keeps.
 * {@link io.crescendo.csv.PublishCommand} puts a command line in front, behind which {@code
 * Publication} goes from source to source. Files to try it with come from {@link
 * io.crescendo.csv.generate}.
 */
package io.crescendo.csv;
