package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Amazon's IAM login by configuration, as far as it goes without Amazon: the program makes its
 * clients, which load the module and log in with it, and fail only because nobody answers.
 */
class MskIamTest {

  private static final int NO_ANSWER = 1;
  private static final int BAD_SETTINGS = 2;

  @TempDir private Path dir;
  private Path client;
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void writeClientProperties() throws Exception {
    client =
        Files.writeString(
            dir.resolve("client.properties"),
            """
            security.protocol=SASL_SSL
            sasl.mechanism=AWS_MSK_IAM
            sasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;
            sasl.client.callback.handler.class=software.amazon.msk.auth.iam.IAMClientCallbackHandler
            default.api.timeout.ms=1000
            request.timeout.ms=500
            """);
  }

  @Test
  void isOnTheClassPath() throws Exception {
    assertThat(publish()).as(said.toString()).isEqualTo(NO_ANSWER);
    assertThat(said.toString()).contains("127.0.0.1:1").doesNotContain("IAMLoginModule");
  }

  @Test
  void isNamedWhereItsNameIsWrong() throws Exception {
    Files.writeString(client, Files.readString(client).replace("IAMClientCall", "IAMClientKall"));
    assertThat(publish()).isEqualTo(BAD_SETTINGS);
    assertThat(said.toString()).contains("IAMClientKallbackHandler");
  }

  private int publish() throws Exception {
    Path csv = Files.writeString(dir.resolve("a.csv"), "id,name,genres,followers\na,A,pop,5\n");
    return run(new CommandLine(new PublishCommand()), csv.toString());
  }

  private int run(CommandLine command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-server=127.0.0.1:1", "--kafka-config=" + client));
    PrintWriter out = new PrintWriter(said, true);
    return command.setOut(out).setErr(out).execute(all.toArray(String[]::new));
  }
}
