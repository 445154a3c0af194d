package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crescendo.schemas.UpdateFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class UpdateJsonTest {

  private static final Instant OBSERVED_AT = Instant.parse("2026-01-31T00:00:00.123Z");

  private final ObjectMapper jackson = new ObjectMapper();
  private final UpdateJson json = new UpdateJson(OBSERVED_AT, "art\"ists.csv");

  @Test
  void writesTheDialectOfTheTopic() {
    ArtistRow artist = new ArtistRow("a1", "Ada \"A\"", List.of("pop", "r&b"), 184, 7);
    assertThat(new String(json.write(artist, 118), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"id\":\"a1\",\"name\":\"Ada \\\"A\\\"\",\"genres\":[\"pop\",\"r&b\"],"
                + "\"followers\":184,\"popularity\":7,\"observed_at\":1769817600123,"
                + "\"source\":\"art\\\"ists.csv:118\"}");
  }

  @Test
  void leavesOutAPopularityThatNobodyStated() {
    ArtistRow artist = new ArtistRow("a1", "Ada", List.of(), 0, null);
    assertThat(new String(json.write(artist, 2), StandardCharsets.UTF_8))
        .doesNotContain("popularity");
  }

  @Property(tries = 300)
  void givesBackWhatItWasGiven(
      @ForAll("texts") String name,
      @ForAll("lists") List<String> genres,
      @ForAll @LongRange(min = 0) long followers,
      @ForAll @IntRange(min = 0, max = 100) int popularity)
      throws IOException {
    ArtistRow artist = new ArtistRow("a1", name, genres, followers, popularity);
    json.write(new ArtistRow("before", "longer than the next one".repeat(9), genres, 1, 1), 1);
    JsonNode read = jackson.readTree(json.write(artist, 2));
    List<String> readGenres = new ArrayList<>();
    read.get("genres").forEach(genre -> readGenres.add(genre.textValue()));
    assertThat(read.get("name").textValue()).isEqualTo(name);
    assertThat(readGenres).isEqualTo(genres);
    assertThat(read.get("followers").longValue()).isEqualTo(followers);
    assertThat(read.get("popularity").intValue()).isEqualTo(popularity);
  }

  @Test
  void writesATimeAsTextThatCouldBeTakenForSeconds() {
    ArtistRow artist = new ArtistRow("a1", "Ada", List.of(), 0, null);
    UpdateJson old = new UpdateJson(Instant.ofEpochMilli(99_999_999_999L), "a.csv");
    assertThat(new String(old.write(artist, 2), StandardCharsets.UTF_8))
        .contains("\"observed_at\":\"1973-03-03T09:46:39.999Z\",");
  }

  @Property(tries = 500)
  void writesTheBytesThatALibraryWrites(
      @ForAll("texts") String file,
      @ForAll("texts") String name,
      @ForAll("lists") List<String> genres,
      @ForAll long followers,
      @ForAll @IntRange(max = 100) Integer popularity,
      @ForAll @LongRange(min = 1) long line,
      @ForAll @LongRange(min = UpdateFields.LEAST_MILLIS, max = 9_999_999_999_999L) long millis) {
    Instant instant = Instant.ofEpochMilli(millis);
    ArtistRow artist = new ArtistRow("a1", name, genres, followers, popularity, null);
    ArtistRow dated = new ArtistRow(name, "Ada", genres, followers, null, instant.plusMillis(1));
    UpdateJson ours = new UpdateJson(instant, file);
    LibraryJson library = new LibraryJson(instant);
    for (ArtistRow row : List.of(artist, dated)) {
      assertThat(new String(ours.write(row, line), StandardCharsets.UTF_8))
          .isEqualTo(new String(library.write(row, file + ":" + line), StandardCharsets.UTF_8));
    }
  }

  @Test
  void writesEveryCharacterAsALibraryDoes() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < 0xD800 || c > 0xDFFF) {
        all.appendCodePoint(c);
      }
    }
    ArtistRow artist = new ArtistRow("a1", all.toString(), List.of(), 0, null);
    byte[] ours = new UpdateJson(OBSERVED_AT, "a.csv").write(artist, 1);
    byte[] library = new LibraryJson(OBSERVED_AT).write(artist, "a.csv:1");
    assertThat(Arrays.mismatch(ours, library)).isEqualTo(-1);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .excludeChars('\uD800')
        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return texts().list().ofMaxSize(5);
  }
}
