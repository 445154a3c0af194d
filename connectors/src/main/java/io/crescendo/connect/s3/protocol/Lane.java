package io.crescendo.connect.s3.protocol;

/**
 * What one file may hold: rows of one output directory and one row type. Both must follow from the
 * record alone, so that every task that ever reads a record puts it into the same lane.
 *
 * @param directory output directory, such as {@code artists/dt=2026-11-22}
 * @param type row type; equal for rows that fit into one file
 */
public record Lane(String directory, Object type) {}
