/**
 * Enriches artist updates and keeps follower totals by genre, with Kafka Streams.
 *
 * <p>Start reading at {@link io.crescendo.streams.ArtistTopology}, which draws the flow. The rules
 * of the flow are plain code beside it: {@link io.crescendo.streams.UpdateParser} (what a valid
 * record is), {@link io.crescendo.streams.Revision} (what an update does to an artist), {@link
 * io.crescendo.streams.GenreIndex} (what the artists of a partition give to genres) and {@link
 * io.crescendo.streams.GenreLedger} (what genres know of all partitions, and have to report).
 * {@link io.crescendo.streams.StreamsApp} runs it against brokers, {@link
 * io.crescendo.streams.StreamsCommand} from a command line.
 */
package io.crescendo.streams;
