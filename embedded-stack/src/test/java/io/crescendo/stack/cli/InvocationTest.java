package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.Endpoints;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationTest {

  private static final Path DIR = Path.of("/data");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refresh",
        "refresh history",
        "refresh run --warehouse-bucket=w",
        "query SQL",
        "publish --bootstrap-server b:1 s3://staging/a.csv"
      })
  void isRefusedWithoutAStackWhereNothingSaysWhichS3IsMeant(String line) {
    assertThat(problem(line))
        .hasValueSatisfying(
            p -> assertThat(p).contains("/data", "./crescendo up", "--s3-endpoint", "--s3-region"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refresh --s3-endpoint http://127.0.0.1:9000",
        "refresh run --s3-region=eu-central-1",
        "query --services aws SQL",
        "refresh provision --athena-output=s3://o/",
        "publish --check a.csv",
        "publish --show-mapping a.csv",
        "publish --bootstrap-server b:1 a.csv",
        "publish --kafka-property bootstrap.servers=b:1 a.csv",
        "rejects list --kafka-property bootstrap.servers=b:1",
        "topics tail --kafka-property bootstrap.servers=b:1 artists",
        "topics tail --bootstrap-server=b:1 artists",
        "kafka transactions --bootstrap-server b:1 list",
        "topics"
      })
  void runsWithoutAStackWhereItNeedsNoneOrSaysWhatItMeans(String line) {
    assertThat(problem(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refresh --services aws",
        "refresh run --services=aws",
        "refresh provision",
        "publish --s3-region eu-central-1 s3://b/k"
      })
  void isNotGivenTheStacksS3WhereItMeansAws(String line) {
    assertThat(of(line)).hasValueSatisfying(i -> assertThat(i.namesStore()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"refresh", "refresh --services local", "query SQL", "publish s3://b/k"})
  void isGivenTheStacksS3Otherwise(String line) {
    assertThat(of(line)).hasValueSatisfying(i -> assertThat(i.namesStore()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kafka topics --list", "rejects list", "publish a.csv", "topics tail artists"})
  void isRefusedWithoutAStackWhereNothingSaysWhichBrokersAreMeant(String line) {
    assertThat(problem(line))
        .hasValueSatisfying(
            p ->
                assertThat(p)
                    .contains(
                        "/data", "./crescendo up", "CRESCENDO_DATA_DIR", "--bootstrap-server"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"refresh --help", "refresh run --help", "help refresh", "quary SQL"})
  void isNoneWhereOnlyHelpIsAskedForOrNeeded(String line) {
    assertThat(of(line)).isEmpty();
  }

  private static Optional<Invocation> of(String line) {
    return Invocation.of(line.split(" "));
  }

  private static Optional<String> problem(String line) {
    return of(line).orElseThrow().problemWithoutStack(DIR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publish --schema-registry http://r:8081 a.csv",
        "streams --schema-registry=http://r:8081",
        "streams --set schema.registry.url=http://r:8081",
        "rejects replay --schema-registry http://r:8081"
      })
  void isRefusedWhereItNamesARegistryThatTheStackHasNot(String line) {
    assertThat(problemWithStack(line, ""))
        .hasValueSatisfying(p -> assertThat(p).contains("which uses none, got http://r:8081;"));
    assertThat(problemWithStack(line, "http://s:1"))
        .hasValueSatisfying(p -> assertThat(p).contains("which is http://s:1, got http://r:8081;"));
    assertThat(problemWithStack(line, "http://r:8081")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publish a.csv",
        "up --schema-registry http://r:8081",
        "topics",
        "streams --set schema.registry.url="
      })
  void runsWithTheStackOtherwise(String line) {
    assertThat(problemWithStack(line, "")).isEmpty();
  }

  private static Optional<String> problemWithStack(String line, String registry) {
    Endpoints running = new Endpoints("127.0.0.1:9092", "s3", "connect", "page", registry);
    return of(line).flatMap(i -> i.problemWithStack(running));
  }
}
