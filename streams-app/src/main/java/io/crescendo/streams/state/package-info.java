/**
 * A state store for Kafka Streams that is only looked up by key: an index in heap over a log on
 * disk, after Bitcask (Sheehy and Smith, <a
 * href="https://riak.com/assets/bitcask-intro.pdf">"Bitcask: A Log-Structured Hash Table for Fast
 * Key/Value Data"</a>, 2010), with one log that is cleaned from its oldest end, like a circular one
 * (Rosenblum and Ousterhout, "The Design and Implementation of a Log-Structured File System",
 * 1992).
 *
 * <p>Start reading at {@link io.crescendo.streams.state.LogStores}, which the topology uses, and at
 * {@link io.crescendo.streams.state.KeyedLog}, which says why no crash loses what was flushed.
 */
package io.crescendo.streams.state;
