package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The job against AWS itself, in the account of the credentials that are found. It leaves behind
 * what it provisions. Options come from {@code CRESCENDO_LIVE_AWS_OPTIONS}: those of {@code refresh
 * provision}, with blanks between them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveAwsIT {

  @TempDir private Path directory;
  private final Shell shell = new Shell();

  @BeforeEach
  void needsAnAccount() {
    assumeTrue(
        "true".equals(System.getenv("CRESCENDO_LIVE_AWS")),
        "Not run: the live suite needs CRESCENDO_LIVE_AWS=true, credentials and"
            + " CRESCENDO_LIVE_AWS_OPTIONS");
    try (DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build()) {
      credentials.resolveCredentials();
    } catch (SdkClientException e) {
      assumeTrue(false, "Not run: CRESCENDO_LIVE_AWS=true, but " + Reason.of(e));
    }
    assumeTrue(
        System.getenv("CRESCENDO_LIVE_AWS_OPTIONS") != null,
        "Not run: CRESCENDO_LIVE_AWS=true, but CRESCENDO_LIVE_AWS_OPTIONS is not set");
  }

  private int execute(String subcommand, String... more) {
    List<String> arguments = new ArrayList<>(List.of(subcommand));
    for (String option : System.getenv("CRESCENDO_LIVE_AWS_OPTIONS").strip().split("\\s+")) {
      boolean ofProvisioning = option.matches("--(staging-bucket|quicksight-owner)=.*");
      if (subcommand.equals("provision") || !ofProvisioning) {
        arguments.add(option);
      }
    }
    arguments.add("--work-dir=" + directory);
    arguments.addAll(List.of(more));
    return shell.execute(new RefreshCommand(), arguments.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void provisionsAndThenFindsNothingToChange() {
    assertThat(execute("provision")).as(shell::err).isZero();
    assertThat(execute("provision")).as(shell::err).isZero();
    assertThat(shell.out()).endsWith("\n0 changes made\n");
  }

  @Test
  @Order(2)
  void crawlsChecksAsksAndShows() {
    // without data sets, the dashboard would be the built-in page
    boolean shows = System.getenv("CRESCENDO_LIVE_AWS_OPTIONS").contains("--quicksight-data-set=");
    String steps = "--steps=crawl,check,query" + (shows ? ",dashboard" : "");
    assertThat(execute("run", "--services=aws", "--deadline=30m", steps)).as(shell::err).isZero();
  }
}
