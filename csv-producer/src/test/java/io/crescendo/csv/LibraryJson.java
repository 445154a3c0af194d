package io.crescendo.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.crescendo.schemas.UpdateFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Writes artists by a library: what {@link UpdateJson} must agree with. */
final class LibraryJson {

  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
  private final JsonGenerator json;
  private final long observedAt;

  /**
   * Writes the rows of one file.
   *
   * @param observedAt when those were true that do not say otherwise; all of them state it, in
   *     milliseconds since the epoch
   */
  LibraryJson(Instant observedAt) {
    this.observedAt = observedAt.toEpochMilli();
    try {
      json =
          new JsonFactory()
              .createGenerator(buffer)
              .setRootValueSeparator(null)
              .enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no I/O behind the buffer
    }
  }

  /**
   * One artist as a JSON object in UTF-8.
   *
   * @param source file and line, such as {@code artists.csv:118}
   */
  byte[] write(ArtistRow artist, String source) {
    buffer.reset();
    try {
      json.writeStartObject();
      json.writeStringField(UpdateFields.ID, artist.id());
      json.writeStringField(UpdateFields.NAME, artist.name());
      json.writeArrayFieldStart(UpdateFields.GENRES);
      for (String genre : artist.genres()) {
        json.writeString(genre);
      }
      json.writeEndArray();
      json.writeNumberField(UpdateFields.FOLLOWERS, artist.followers());
      if (artist.popularity() != null) {
        json.writeNumberField(UpdateFields.POPULARITY, artist.popularity());
      }
      json.writeNumberField(
          UpdateFields.OBSERVED_AT,
          artist.observedAt() == null ? observedAt : artist.observedAt().toEpochMilli());
      json.writeStringField(UpdateFields.SOURCE, source);
      json.writeEndObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no I/O behind the buffer
    }
    return buffer.toByteArray();
  }
}
