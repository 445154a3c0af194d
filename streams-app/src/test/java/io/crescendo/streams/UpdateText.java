package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;

/** Updates as a producer writes them, and times at which they may have been observed. */
final class UpdateText {

  static final Instant T1 = Instant.parse("2025-06-01T00:00:00Z");
  static final Instant T2 = T1.plusSeconds(60);
  static final Instant T3 = T2.plusSeconds(60);

  private UpdateText() {}

  static String json(
      String id, String name, String genres, long followers, Integer popularity, Instant at) {
    return """
        {"id":"%s","name":"%s","genres":%s,"followers":%d,"popularity":%d,"observed_at":"%s",
         "source":"artists.csv:2"}"""
        .formatted(id, name, genres, followers, popularity, at);
  }

  static String deletion(String id, Instant at) {
    return "{\"id\":\"%s\",\"deleted\":true,\"observed_at\":\"%s\"}".formatted(id, at);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
