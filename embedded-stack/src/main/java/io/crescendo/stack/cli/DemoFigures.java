package io.crescendo.stack.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What came out of a demo.
 *
 * @param artists artists in the warehouse
 * @param artistsWithoutGenre those that carry no genre
 * @param genres distinct genres
 * @param followersTotal sum of followers over all artists
 * @param rejected records and rows in {@code artist_rejects}
 * @param rowsLanded rows in the warehouse, by table
 * @param seconds how long each stage took
 */
record DemoFigures(
    @JsonProperty("artists") long artists,
    @JsonProperty("artists_without_genre") long artistsWithoutGenre,
    @JsonProperty("genres") long genres,
    @JsonProperty("followers_total") long followersTotal,
    @JsonProperty("rejected") long rejected,
    @JsonProperty("rows_landed") Map<String, Long> rowsLanded,
    @JsonProperty("seconds") Map<String, Double> seconds) {

  /** Writes them to a file, as one JSON object. */
  void write(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }
}
