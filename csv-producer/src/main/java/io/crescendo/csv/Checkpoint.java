package io.crescendo.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a file has been published, as of a committed transaction. Travels as JSON: {@code
 * {"rows": 5, "accepted": 4, "rejected": {"blank_field": 1}, "position": 431, "observed_at": …,
 * "finished": false}}.
 *
 * @param accepted rows in {@code artist-updates}
 * @param rejected rows in {@code artist-rejects}, by reason
 * @param position {@link ArtistFileReader#position} behind them
 * @param observedAt when the figures were true, as the first run had it
 * @param finished whether the file has no further row
 */
record Checkpoint(
    long accepted,
    Map<String, Long> rejected,
    long position,
    Instant observedAt,
    boolean finished) {

  private static final ObjectMapper JSON = new ObjectMapper();

  Checkpoint {
    rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
  }

  /** Nothing yet. */
  static Checkpoint start(Instant observedAt) {
    return new Checkpoint(0, Map.of(), 0, observedAt, false);
  }

  long rejections() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  long rows() {
    return accepted + rejections();
  }

  byte[] toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("rows", rows());
    json.put("accepted", accepted);
    ObjectNode reasons = json.putObject("rejected");
    rejected.forEach(reasons::put);
    json.put("position", position);
    json.put("observed_at", observedAt.toString());
    json.put("finished", finished);
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /**
   * Reads {@link #toJson}.
   *
   * @throws IllegalArgumentException if that is not what it is
   */
  static Checkpoint fromJson(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      Map<String, Long> rejected = new TreeMap<>();
      json.required("rejected")
          .properties()
          .forEach(e -> rejected.put(e.getKey(), e.getValue().asLong()));
      return new Checkpoint(
          json.required("accepted").asLong(),
          rejected,
          json.required("position").asLong(),
          Instant.parse(json.required("observed_at").asText()),
          json.required("finished").asBoolean());
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not a checkpoint: " + e.getMessage(), e);
    }
  }
}
