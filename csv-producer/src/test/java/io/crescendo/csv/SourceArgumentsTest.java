package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceArgumentsTest {

  @TempDir private Path dir;

  private final MemoryS3 s3 = new MemoryS3();

  @Test
  void putsFilesAndObjectsInTheOrderInWhichTheyWereTrue() throws IOException {
    s3.put("in/b.csv", "", Map.of("observed-at", "2026-01-02T00:00:00Z"));
    s3.put("in/d.csv", "", Map.of("observed-at", "2026-01-04T00:00:00Z"));
    String a = file("a.csv", "2026-01-03T00:00:00Z");
    String c = file("c.csv", "2026-01-01T00:00:00Z");
    assertThat(resolve(a, "s3://staging/in/", c))
        .extracting(Source::name)
        .containsExactly("c.csv", "in/b.csv", "a.csv", "in/d.csv");
  }

  @Test
  void describesALocalFile() throws IOException {
    Source source = resolve(file("a.csv", "2026-01-03T00:00:00Z")).get(0);
    assertThat(source.observedAt()).isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
    assertThat(source.size()).isEqualTo(3);
    assertThat(source.identity()).startsWith("a.csv 3 sha256:");
    assertThat(source.withObservedAt(Instant.EPOCH).observedAt()).isEqualTo(Instant.EPOCH);
    assertThat(source.withObservedAt(Instant.EPOCH).identity()).isEqualTo(source.identity());
  }

  @Test
  void knowsAFileByOneIdentityHoweverItIsNamed() throws IOException {
    String file = file("a.csv", "2026-01-03T00:00:00Z");
    Path link = Files.createSymbolicLink(dir.resolve("link.csv"), Path.of(file));
    Path copy = Files.createDirectory(dir.resolve("elsewhere")).resolve("a.csv");
    Files.copy(Path.of(file), copy);
    String identity = resolve(file).get(0).identity();
    assertThat(resolve(link.toString()).get(0).identity()).isEqualTo(identity);
    assertThat(resolve(copy.toString()).get(0).identity()).isEqualTo(identity);
    Files.writeString(copy, "ID\n");
    assertThat(resolve(copy.toString()).get(0).identity()).isNotEqualTo(identity);
  }

  @Test
  void namesEveryArgumentThatLeadsNowhere() {
    Path missing = dir.resolve("missing.csv");
    assertThatThrownBy(
            () -> resolve(missing.toString(), dir.toString(), "s3://", "s3://staging/gone", "a\0b"))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                missing + ": no such file; nothing was published",
                dir
                    + ": no artist file there (*.csv, *.tsv, *.txt, also with .gz or .zst); nothing was"
                    + " published",
                "'s3://' is not an S3 location; it must look like s3://bucket/key or"
                    + " s3://bucket/prefix/",
                "s3://staging/gone: no such object; nothing was published",
                "'a\\u0000b' is not a path (Nul character not allowed)"));
  }

  @Test
  void findsArtistFilesInADirectoryAndByPattern() throws IOException {
    file("a.csv", "2026-01-01T00:00:00Z");
    file("b.tsv.gz", "2026-01-02T00:00:00Z");
    file("c.json", "2026-01-03T00:00:00Z");
    file(".hidden.csv", "2026-01-03T00:00:00Z");
    Files.createDirectories(dir.resolve("sub"));
    file("sub/d.CSV", "2026-01-04T00:00:00Z");
    assertThat(resolve(dir.toString()))
        .extracting(Source::name)
        .containsExactly("a.csv", "b.tsv.gz");
    assertThat(resolve(dir + "/*.{csv,gz}"))
        .extracting(Source::name)
        .contains("a.csv", "b.tsv.gz")
        .doesNotContain("c.json", "d.CSV");
    assertThat(resolve(dir + "/**/*.CSV")).extracting(Source::name).containsExactly("d.CSV");
    assertThatThrownBy(() -> resolve(dir + "/*.none"))
        .hasMessageContaining("/*.none: no artist file there");
  }

  @Test
  void takesAnS3PrefixWithoutASlashToo() {
    s3.put("in/2026-01.csv", "", Map.of());
    assertThat(resolve("s3://staging/in/2026"))
        .extracting(Source::name)
        .containsExactly("in/2026-01.csv");
  }

  @Test
  void asksForTheDescriptionOfEachObjectOnceHoweverOftenItLooks() {
    s3.put("in/a.csv", "", Map.of());
    s3.put("other/b.csv", "", Map.of());
    List<String> places = List.of("s3://staging/in/", "s3://staging/other/");
    try (SourceArguments arguments = new SourceArguments(() -> s3)) {
      assertThat(arguments.resolveSoFar(places).sources()).hasSize(2);
      assertThat(arguments.resolveSoFar(places).sources()).hasSize(2);
    }
    assertThat(s3.heads()).isEqualTo(2);
  }

  @Test
  void readsStandardInputWhereAskedTo() {
    Source stdin = resolve("-").get(0);
    assertThat(stdin.name()).isEqualTo("stdin");
    assertThat(stdin.repeatable()).isFalse();
  }

  @Test
  void needsNoStoreForLocalFiles() throws IOException {
    String file = file("a.csv", "2026-01-03T00:00:00Z");
    try (SourceArguments arguments =
        new SourceArguments(
            () -> {
              throw new AssertionError("no client is needed");
            })) {
      assertThat(arguments.resolve(List.of(file))).hasSize(1);
    }
  }

  private List<Source> resolve(String... arguments) {
    try (SourceArguments resolving = new SourceArguments(() -> s3)) {
      return resolving.resolve(List.of(arguments));
    } finally {
      boolean usedS3 = List.of(arguments).stream().anyMatch(S3Location::matches);
      assertThat(s3.closed).isEqualTo(usedS3);
    }
  }

  private String file(String name, String modified) throws IOException {
    Path file = Files.writeString(dir.resolve(name), "id\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified)));
    return file.toString();
  }
}
