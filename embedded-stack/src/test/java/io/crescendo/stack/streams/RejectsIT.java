package io.crescendo.stack.streams;

import static io.crescendo.stack.streams.ExactlyOnceIT.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.EmbeddedBroker;
import io.crescendo.stack.Ports;
import io.crescendo.streams.RejectsCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RejectsIT {

  @TempDir private Path dir;

  @Test
  void looksWithoutMakingTheTopic() throws Exception {
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(
                dir, Ports.anyFree().kafka(), Map.of("auto.create.topics.enable", "true"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      StringWriter out = new StringWriter();
      int code =
          new CommandLine(new RejectsCommand())
              .setOut(new PrintWriter(out))
              .execute("list", "--bootstrap-server", broker.bootstrapServers());
      assertThat(code).isZero();
      assertThat(out.toString()).isEmpty();
      // What the controller was asked before this, it has done before this.
      admin.createTopics(List.of(new NewTopic("other", 1, (short) 1))).all().get();
      reached(() -> !topics(admin).isEmpty());
      assertThat(topics(admin)).containsExactly("other");
    }
  }

  private static Set<String> topics(Admin admin) {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
