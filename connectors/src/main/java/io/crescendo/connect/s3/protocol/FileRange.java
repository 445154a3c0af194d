package io.crescendo.connect.s3.protocol;

/**
 * The rows of one file.
 *
 * @param lane what it holds
 * @param first offset of its first row; names the object
 * @param last offset of its last row
 * @param rows number of rows
 */
public record FileRange(Lane lane, long first, long last, long rows) {}
