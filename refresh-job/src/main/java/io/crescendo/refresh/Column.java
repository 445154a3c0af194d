package io.crescendo.refresh;

/**
 * A column of a table or of a result.
 *
 * @param name its name
 * @param type its type as Trino and Athena write it, such as {@code bigint}, {@code varchar},
 *     {@code array(varchar)}, {@code timestamp(3)}
 */
public record Column(String name, String type) {}
