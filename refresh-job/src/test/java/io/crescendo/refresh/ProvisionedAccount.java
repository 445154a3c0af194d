package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An account, as {@link ScriptedAws} has it, and {@code refresh provision} with all its options.
 */
final class ProvisionedAccount implements AutoCloseable {

  private static final String OWNER =
      "arn:aws:quicksight:us-east-1:123456789012:user/default/analyst";

  final ScriptedAws aws = new ScriptedAws();

  private final Path directory;
  private final Shell shell = new Shell();

  ProvisionedAccount(Path directory) {
    this.directory = directory;
  }

  /** Gives the exit code; options replace those that a test does not name. */
  int provision(String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String service : List.of("s3", "glue", "athena", "quicksight")) {
      options.put("--" + service + "-endpoint", aws.endpoint().toString());
    }
    options.put("--work-dir", directory.toString());
    options.put("--glue-crawler-role", "crawler");
    options.put("--athena-workgroup", "crescendo");
    options.put("--athena-output", "s3://results/athena/");
    options.put("--aws-account", ScriptedAws.ACCOUNT);
    options.put("--quicksight-owner", OWNER);
    for (String option : more) {
      String[] parts = option.split("=", 2);
      options.put(parts[0], parts.length == 1 ? "true" : parts[1]);
    }
    Stream<String> given = options.entrySet().stream().map(o -> o.getKey() + "=" + o.getValue());
    return shell.execute(
        new RefreshCommand(), Stream.concat(Stream.of("provision"), given).toArray(String[]::new));
  }

  /** Provisions what is missing, without a failure. */
  void everything() {
    assertThat(provision()).as(shell::err).isZero();
  }

  String out() {
    return shell.out();
  }

  String err() {
    return shell.err();
  }

  @Override
  public void close() {
    aws.close();
  }
}
