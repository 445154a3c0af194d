package io.crescendo.connect.s3.store;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach the bucket.
 *
 * @param bucket bucket name
 * @param region AWS region
 * @param endpoint S3 endpoint; null for AWS
 * @param pathStyle whether the bucket is part of the path rather than of the host name
 * @param accelerated whether requests go to the accelerated endpoint near the worker
 * @param identity who the store is used as
 * @param proxy HTTP proxy; null for that of the JVM, if it has one
 * @param partSize bytes above which an object is uploaded in parts of that size
 * @param retries repetitions of a request that failed for a reason that may pass
 * @param retryBackoff longest pause before the first repetition; doubles with each
 * @param conditionalWrites whether the store honours {@code If-None-Match: *}; without, objects are
 *     overwritten
 * @param objects what each object is given beside its bytes
 */
public record S3Settings(
    String bucket,
    String region,
    URI endpoint,
    boolean pathStyle,
    boolean accelerated,
    IdentitySettings identity,
    ProxySettings proxy,
    long partSize,
    int retries,
    Duration retryBackoff,
    boolean conditionalWrites,
    ObjectSettings objects) {}
