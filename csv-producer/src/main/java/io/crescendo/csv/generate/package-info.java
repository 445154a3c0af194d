/**
 * Artist files with the distributions of real ones: for demos, tests and measurements.
 *
 * <p>Start reading at {@link io.crescendo.csv.generate.ArtistFiles}. Every artist follows from the
 * seed and its number alone, so files of any size need no memory, and later waves need not remember
 * the first file.
 */
package io.crescendo.csv.generate;
