package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CsvProducerTest {

  @TempDir private Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void documentsItsExitCodes() {
    assertThat(run("publish", "--help")).isZero();
    assertThat(out.toString()).contains("Exit codes:", "1   Kafka or the S3 store failed");
    assertThat(run("generate", "--help")).isZero();
  }

  @Test
  void asksForASource() {
    assertThat(run("publish")).isEqualTo(2);
    assertThat(err.toString()).startsWith("Missing required parameter: 'SOURCE'");
  }

  @Test
  void doesNotStartWithoutEverySource() throws IOException {
    assertThat(run("publish", artists(), dir.resolve("b.csv").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("b.csv: no such file; nothing was published");
  }

  @Test
  void doesNotStartWithAPropertyThatKafkaDoesNotKnow() throws IOException {
    assertThat(run("publish", "--kafka-property", "lingerms=5", artists())).isEqualTo(2);
    assertThat(err.toString())
        .contains("'lingerms' is no Kafka client property; did you mean 'linger.ms'?");
  }

  @Test
  void takesKafkaPropertiesFromAFileToo() throws IOException {
    Path config = Files.writeString(dir.resolve("client.properties"), "ack=all\n");
    assertThat(run("publish", "--kafka-config", config.toString(), artists())).isEqualTo(2);
    assertThat(err.toString()).contains("'ack' is no Kafka client property; did you mean 'acks'?");
  }

  @Test
  void refusesAConfigurationFileThatIsNotThere() throws IOException {
    assertThat(run("publish", "--kafka-config", dir.resolve("none").toString(), artists()))
        .isEqualTo(2);
    assertThat(err.toString()).startsWith("--kafka-config: '");
  }

  @Test
  void refusesAnEndpointThatIsNone() {
    for (String value : new String[] {"9000", "ftp://host", "http://", "http://a b", ""}) {
      err.getBuffer().setLength(0);
      assertThat(run("publish", "--s3-endpoint", value, "s3://staging/a.csv")).isEqualTo(2);
      assertThat(err.toString())
          .contains("'--s3-endpoint'")
          .contains("must be an http or https URI with a host, such as http://127.0.0.1:9000")
          .contains("got '%s'".formatted(value))
          .doesNotContain("java.");
    }
  }

  @Test
  void refusesARegionThatIsNone() {
    assertThat(run("publish", "--s3-region", "", "s3://staging/a.csv")).isEqualTo(2);
    assertThat(err.toString()).startsWith("--s3-region must be a region such as us-east-1, got ''");
  }

  @Test
  void refusesEncodingsAndTimesInWords() throws IOException {
    for (String name : new String[] {"nope", "UTF 8", ""}) {
      assertThat(run("publish", "--charset", name, artists())).isEqualTo(2);
      assertThat(err.toString())
          .contains("'--charset'", "must be an encoding that this Java knows, such as UTF-8, ")
          .contains("got '%s'".formatted(name));
    }
    assertThat(run("publish", "--observed-at", "nope", artists())).isEqualTo(2);
    assertThat(run("generate", "--newest", "never")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'--observed-at'", "must be a time such as 2026-01-31T00:00:00Z, got 'nope'")
        .contains("'--newest'", "got 'never'")
        .doesNotContain("java.");
  }

  @Test
  void saysThatAFileHasNoRows() throws IOException {
    assertThat(run("publish", "--check", artists())).isZero();
    assertThat(out.toString()).endsWith("  no rows below the header%n".formatted());
    assertThat(run("publish", "--show-mapping", artists())).isZero();
    assertThat(out.toString()).endsWith("  row            none below the header%n".formatted());
  }

  @Test
  void failsWhenTheStoreIsNotThere() {
    System.setProperty("aws.accessKeyId", "id-for-tests");
    System.setProperty("aws.secretAccessKey", "secret-for-tests");
    try {
      assertThat(run("publish", "--s3-endpoint", "http://127.0.0.1:1", "s3://staging/a.csv"))
          .isEqualTo(1);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
    assertThat(err.toString()).startsWith("S3 store: ").doesNotContain("secret-for-tests");
  }

  @Test
  void generatesFilesThatItCanRead() throws IOException {
    assertThat(
            run(
                "generate",
                "--artists",
                "50",
                "--waves",
                "1",
                "--seed",
                "7",
                "--newest",
                "2026-02-01T00:00:00Z",
                "--out",
                dir.toString()))
        .isZero();
    assertThat(out.toString().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .endsWith("artists.csv: 50 artists as of 2026-01-31T00:00:00Z");
    Source source = Source.file(dir.resolve("artists.csv"));
    assertThat(source.observedAt()).isEqualTo(Instant.parse("2026-01-31T00:00:00Z"));
    try (ArtistFileReader rows = ArtistFileReader.open(source)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.artist()).isNotNull();
    }
  }

  @Test
  void generatesAFileUnderTheNameThatItIsTold() {
    Path file = dir.resolve("sub").resolve("mine.csv");
    assertThat(run("generate", "--artists", "5", "--waves", "1", "--out", file.toString()))
        .isZero();
    assertThat(file).exists();
    assertThat(file.resolveSibling("mine-wave-1.csv")).exists();
  }

  @Test
  void overwritesNoFileUnlessItIsToldTo() throws IOException {
    Path theirs = Files.writeString(dir.resolve("artists-wave-1.csv"), "theirs");
    String[] generate = {"generate", "--artists", "5", "--waves", "1", "--out", dir.toString()};
    assertThat(run(generate)).isEqualTo(2);
    assertThat(err.toString()).startsWith("--out: '" + theirs + "' exists; nothing was written. ");
    assertThat(theirs).hasContent("theirs");
    assertThat(dir.resolve("artists.csv")).doesNotExist();
    assertThat(run(Stream.concat(Stream.of(generate), Stream.of("--force")).toArray(String[]::new)))
        .isZero();
    assertThat(Files.readString(theirs)).doesNotContain("theirs");
  }

  @Test
  void refusesToGenerateNothing() {
    assertThat(run("generate", "--artists", "0", "--waves", "-1")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("artists must be at least 1, got 0; waves must be from 0 to 365, got -1");
  }

  @Test
  void saysWhenAFileCannotBeWritten() throws IOException {
    Path file = Files.writeString(dir.resolve("taken"), "");
    assertThat(run("generate", "--out", file.resolve("a.csv").toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("--out: '").contains("cannot be written");
  }

  @Test
  void showsWhatItWouldTakeForWhatAndWhy() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("m.csv"), ",id;x,Nombre\n".replace(',', ';') + "0;a1;7;Ada\n");
    assertThat(run("publish", "--show-mapping", file.toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith("m.csv: columns missing: name, genres, followers; ");
    assertThat(
            run(
                "publish",
                "--show-mapping",
                "--map",
                "name=nombre,genres=x",
                "--map",
                "followers=#3",
                file.toString()))
        .isZero();
    assertThat(out.toString().lines())
        .contains(
            "m.csv",
            "  encoding    UTF-8 (its bytes agree with it)",
            "  delimiter   semicolon (cuts 3 cells that a header of artists has)",
            "  id          <- #2 'id' (header)",
            "  name        <- #4 'Nombre' (as told)",
            "  popularity  <- nothing; left out",
            "  ignored        #1 '' (index column)");
  }

  @Test
  void refusesAMappingThatMakesNoSense() throws IOException {
    assertThat(run("publish", "--map", "folowers=a", "--check", artists())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("'folowers' is no column of an artist; did you mean 'followers'?");
    assertThat(run("publish", "--map", "name=nam", "--check", artists())).isEqualTo(2);
    assertThat(err.toString())
        .contains("a.csv: there is no column 'nam' as --map says; ", "did you mean 'name'?");
    assertThat(run("publish", "--delimiter", "xx", "--check", artists())).isEqualTo(2);
  }

  @Test
  void checksAFileWithoutPublishing() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("q.csv"),
            "id,name,genres,followers\na1,Ada,[],5\na1,Ada,[],5\na1,Ada,pop,9\na2,Ben,[],x\n");
    Path summary = dir.resolve("q.json");
    assertThat(run("publish", "--check", "--summary", summary.toString(), file.toString()))
        .isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "q.csv",
            "would be published",
            "3",
            "would be rejected",
            "1",
            "q.csv:5: column 'followers' must be a whole number, got 'x'",
            "exact duplicates",
            "1",
            "same id, other values",
            "1",
            "q.csv:4: id 'a1'");
    assertThat(summary)
        .content()
        .contains("\"not_a_whole_number\" : 1", "\"conflicting_duplicates\" : 1");
    assertThat(run("publish", "--check", "--max-reject-rate", "25%", file.toString())).isZero();
    assertThat(run("publish", "--check", "--max-reject-rate", "0.24", file.toString()))
        .isEqualTo(3);
    assertThat(run("publish", "--check", "--max-reject-rate", "25", file.toString())).isEqualTo(2);
  }

  @Test
  void checksTheOtherFilesToWhereOneIsDamaged() throws IOException {
    Path damaged = dir.resolve("d.csv.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(damaged))) {
      gzip.write(
          "id,name,genres,followers\na1,Ada,[],5\n"
              .repeat(50_000)
              .getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Path summary = dir.resolve("s.json");
    assertThat(
            run(
                "publish",
                "--check",
                "--summary",
                summary.toString(),
                damaged.toString(),
                artists()))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith("d.csv.gz: cannot be read to its end (java.io.EOFException");
    assertThat(out.toString()).contains("a.csv");
    assertThat(summary).content().contains("\"error\" : \"d.csv.gz: cannot be read", "a.csv");
  }

  @Test
  void keepsTheFailureWhereTheSummaryCannotBeWrittenEither() throws IOException {
    String summary = dir.resolve("none").resolve("s.json").toString();
    assertThat(run("publish", "--check", "--summary", summary, artists())).isEqualTo(2);
    assertThat(err.toString()).startsWith("--summary: '" + summary + "' cannot be written");
    Path odd = Files.writeString(dir.resolve("odd.csv"), "id,name,genres,followers\n,,,\n");
    assertThat(
            run(
                "publish",
                "--kafka-property",
                "max.block.ms=1",
                "--kafka-property",
                "default.api.timeout.ms=2",
                "--kafka-property",
                "request.timeout.ms=1",
                "--bootstrap-server",
                "127.0.0.1:1",
                "--summary",
                summary,
                odd.toString()))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("127.0.0.1:1 did not answer in time; nothing was published");
  }

  @Test
  void refusesOptionsThatContradictEachOther() throws IOException {
    assertThat(run("publish", "--watch", "--rate", "0", "--watch-interval", "0", "-")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "--rate must be more than 0, got 0.0; --watch-interval must be at least 1 second, got 0;"
                + " --watch cannot go with --check, --show-mapping or standard input");
  }

  @Test
  void refusesAYearThatNoUpdateMayHave() throws IOException {
    assertThat(run("publish", "--observed-at", "-999999999-01-01T00:00:00Z", "-")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("--observed-at must lie in the years 1970 to 9999, got -");
  }

  @Test
  void generatesDamagedFilesInAShapeOfChoice() throws IOException {
    Path file = dir.resolve("t.csv");
    assertThat(
            run(
                "generate",
                "--artists",
                "200",
                "--shape",
                "tabs",
                "--damage",
                "20%",
                "--out",
                file.toString()))
        .isZero();
    assertThat(out.toString()).contains("of them broken");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .startsWith("artist_id\tname\tfollowers");
    assertThat(run("generate", "--shape", "tab")).isEqualTo(2);
    assertThat(err.toString()).contains("--shape must be one of crawl,", "did you mean 'tabs'?");
  }

  private String artists() throws IOException {
    return Files.writeString(dir.resolve("a.csv"), "id,name,genres,followers\n").toString();
  }

  private int run(String... args) {
    CommandLine commands = CsvProducer.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(args);
  }
}
