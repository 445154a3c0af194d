package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3SourceTest {

  private final MemoryS3 s3 = new MemoryS3();

  @Test
  void wasTrueWhenItsMetadataSays() {
    s3.put("artists.csv", "id\n", Map.of("observed-at", "2026-01-01T00:00:00Z"));
    S3Source source = S3Source.of(s3, S3Location.parse("s3://staging/artists.csv"));
    assertThat(source.observedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(source.name()).isEqualTo("artists.csv");
    assertThat(source.identity()).isEqualTo("s3://staging/artists.csv 3 etag:\"1964f\"");
    assertThat(source.size()).isEqualTo(3);
  }

  @Test
  void wasTrueWhenItsMetadataSaysInAnyCase() {
    s3.put("artists.csv", "id\n", Map.of("Observed-At", "2026-01-01T00:00:00Z"));
    assertThat(S3Source.of(s3, S3Location.parse("s3://staging/artists.csv")).observedAt())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void wasTrueWhenItWasUploadedIfNobodySays() {
    s3.put("artists.csv", "id\n", Map.of());
    assertThat(S3Source.of(s3, S3Location.parse("s3://staging/artists.csv")).observedAt())
        .isEqualTo(MemoryS3.LAST_MODIFIED);
  }

  @Test
  void refusesATimeThatIsNone() {
    s3.put("artists.csv", "id\n", Map.of("observed-at", "last week"));
    assertThatThrownBy(() -> S3Source.of(s3, S3Location.parse("s3://staging/artists.csv")))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "s3://staging/artists.csv: metadata 'observed-at' must be an ISO-8601 instant, got"
                + " 'last week'; nothing was published");
  }

  @Test
  void saysThatAnObjectIsNotThere() {
    assertThatThrownBy(() -> S3Source.of(s3, S3Location.parse("s3://staging/artists.csv")))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage("s3://staging/artists.csv: no such object; nothing was published");
  }

  @Test
  void findsTheCsvObjectsBelowAPrefixOldestFirst() {
    s3.put("in/a.csv", "", Map.of("observed-at", "2026-01-03T00:00:00Z"));
    s3.put("in/b.CSV", "", Map.of("observed-at", "2026-01-01T00:00:00Z"));
    s3.put("in/c/d.csv", "", Map.of("observed-at", "2026-01-02T00:00:00Z"));
    s3.put("in/e.json", "", Map.of());
    s3.put("out/f.csv", "", Map.of());
    assertThat(S3Source.below(s3, S3Location.parse("s3://staging/in/")))
        .extracting(S3Source::name)
        .containsExactly("in/b.CSV", "in/c/d.csv", "in/a.csv");
  }

  @Test
  void isForgottenOnceItIsThereNoMore() {
    s3.put("in/a.csv", "", Map.of());
    s3.put("in/b.csv", "", Map.of());
    Map<String, S3Source> described = new HashMap<>();
    S3Location prefix = S3Location.parse("s3://staging/in/");
    assertThat(S3Source.below(s3, prefix, described, problem -> {})).hasSize(2);
    s3.remove("in/a.csv");
    assertThat(S3Source.below(s3, prefix, described, problem -> {})).hasSize(1);
    assertThat(described.values()).extracting(S3Source::name).containsExactly("in/b.csv");
  }

  @Test
  void saysThatAPrefixOrABucketHoldsNothing() {
    assertThatThrownBy(() -> S3Source.below(s3, S3Location.parse("s3://staging/in/")))
        .hasMessage("s3://staging/in/: no artist file below it; nothing was published");
    assertThatThrownBy(() -> S3Source.below(s3, S3Location.parse("s3://nowhere")))
        .hasMessage("s3://nowhere/: no such bucket; nothing was published");
  }

  @Test
  void readsTheObjectThatItDescribes() throws IOException {
    s3.put("artists.csv", "id,name\n", Map.of());
    S3Source source = S3Source.of(s3, S3Location.parse("s3://staging/artists.csv"));
    try (InputStream in = source.open()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("id,name\n");
    }
  }

  @Test
  void failsWhenTheObjectWasReplacedMeanwhile() {
    s3.put("artists.csv", "id,name\n", Map.of());
    S3Source source = S3Source.of(s3, S3Location.parse("s3://staging/artists.csv"));
    s3.put("artists.csv", "another\n", Map.of());
    assertThatThrownBy(source::open).isInstanceOf(ChangedException.class);
  }

  @Test
  void isStagedWithTheTimeOfTheLocalFile(@TempDir Path dir) throws IOException {
    Instant observedAt = Instant.parse("2026-01-05T06:07:08Z");
    Path file = Files.writeString(dir.resolve("local.csv"), "id\n");
    Files.setLastModifiedTime(file, FileTime.from(observedAt));
    S3Source staged = new StagedUpload(s3, "staging").upload(file);
    assertThat(staged.identity()).startsWith("s3://staging/local.csv 3 etag:");
    assertThat(staged.observedAt()).isEqualTo(observedAt);
    assertThat(staged.size()).isEqualTo(3);
  }

  @Test
  void isStagedUnderAKeyOfChoice(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("local.csv"), "id\n");
    S3Source staged = new StagedUpload(s3, "staging").upload(file, "in/x.csv", Instant.EPOCH);
    assertThat(staged.name()).isEqualTo("in/x.csv");
    assertThat(staged.observedAt()).isEqualTo(Instant.EPOCH);
  }
}
