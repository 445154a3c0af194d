/**
 * The services of the pipeline in one JVM: a Kafka broker, an S3 endpoint, a Kafka Connect worker,
 * the streams app, the refresh job and its page. They are the real programs, on loopback, with
 * their data under one directory.
 *
 * <p>Start reading at {@link io.crescendo.stack.EmbeddedStack}.
 */
package io.crescendo.stack;
