/**
 * Where rows go: directories from partitioners, object keys. Start reading at {@link
 * io.crescendo.connect.s3.layout.Layout}.
 *
 * <p>Keys are those of Confluent's S3 sink: {@code <topics.dir>/<topic>/<encoded
 * partition>/<topic>+<kafka partition>+<first offset>.<codec>.parquet}.
 */
package io.crescendo.connect.s3.layout;
