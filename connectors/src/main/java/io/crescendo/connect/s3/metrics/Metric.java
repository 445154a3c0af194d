package io.crescendo.connect.s3.metrics;

import java.util.function.LongSupplier;

/**
 * A figure of a task.
 *
 * @param name with its unit, where it has one
 * @param description what it says
 * @param value reads it; called from any thread
 */
record Metric(String name, String description, LongSupplier value) {}
