package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.Endpoints;
import io.crescendo.stack.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands for another cluster than that of the stack, in every way of naming it. */
class NamedBrokersTest {

  private static final Endpoints STACK = Endpoints.on(new Ports(9092, 2, 3, 4));

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publish --bootstrap-server b:1 a.csv",
        "publish --bootstrap-server=b:1 a.csv",
        "publish --kafka-property bootstrap.servers=b:1 a.csv",
        "streams --set bootstrap.servers=b:1",
        "topics tail --kafka-property bootstrap.servers=b:1 artists",
        "kafka topics --bootstrap-server b:1 --list"
      })
  void getNothingOfTheStack(String line) {
    assertThat(of(line).mayMean(STACK)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publish a.csv",
        "publish --bootstrap-server 127.0.0.1:9092 a.csv",
        "publish --bootstrap-server localhost:9092 a.csv",
        "publish --kafka-property acks=all a.csv",
        "query SQL"
      })
  void areOnlyThoseThatNameOthers(String line) {
    assertThat(of(line).mayMean(STACK)).isTrue();
  }

  @Test
  void areNamedByAFileOnlyIfItDoes() throws Exception {
    Path naming = Files.writeString(dir.resolve("named"), "bootstrap.servers=b:1\n");
    Path other = Files.writeString(dir.resolve("other"), "security.protocol=SSL\n");
    for (String line : new String[] {"publish --kafka-config %s a.csv", "streams --config %s"}) {
      assertThat(of(line.formatted(naming)).mayMean(STACK)).as(line).isFalse();
      assertThat(of(line.formatted(other)).mayMean(STACK)).as(line).isTrue();
    }
    assertThat(of("publish --kafka-config %s a.csv".formatted(naming)).problemWithoutStack(dir))
        .isEmpty();
    assertThat(of("publish --kafka-config %s a.csv".formatted(other)).problemWithoutStack(dir))
        .hasValueSatisfying(p -> assertThat(p).contains("has no brokers"));
  }

  @Test
  void runWithAFileThatCannotBeReadSoThatTheySaySo() {
    assertThat(of("publish --kafka-config /no/such a.csv").problemWithoutStack(dir)).isEmpty();
  }

  @Test
  void areNamedByTheEnvironmentForTheStreamsApp() {
    Map<String, String> environment = Map.of("CRESCENDO_STREAMS_BOOTSTRAP_SERVERS", "b:1");
    assertThat(Invocation.of(environment, "streams").orElseThrow().mayMean(STACK)).isFalse();
    assertThat(Invocation.of(environment, "publish", "a.csv").orElseThrow().mayMean(STACK))
        .isTrue();
  }

  @Test
  void haveToSayWhichS3TheyMean() {
    Optional<String> problem =
        of("publish --bootstrap-server b:1 s3://staging/a.csv").problemWithoutStack(dir);
    assertThat(problem)
        .hasValueSatisfying(
            p ->
                assertThat(p)
                    .startsWith("No stack runs with the data directory " + dir)
                    .contains("and the brokers that it names", "has no S3", "--s3-region"));
  }

  private static Invocation of(String line) {
    return Invocation.of(Map.of(), line.split(" ")).orElseThrow();
  }
}
