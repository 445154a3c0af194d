/**
 * The sink's configuration: keys, defaults and meanings are those of Confluent's S3 sink wherever
 * both have the feature. Start reading at {@link io.crescendo.connect.s3.config.SinkConfig}.
 */
package io.crescendo.connect.s3.config;
