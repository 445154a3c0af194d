package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaCommandTest {

  @Test
  void namesTheBrokersBeforeASubcommand() {
    assertThat(KafkaCommand.withBrokers(List.of("list"), "b:1"))
        .containsExactly("--bootstrap-server", "b:1", "list");
  }

  @Test
  void namesNoBrokersWhereTheArgumentsDo() {
    for (String own : List.of("--bootstrap-server=c:2", "--bootstrap-controller")) {
      assertThat(KafkaCommand.withBrokers(List.of(own, "list"), "b:1"))
          .containsExactly(own, "list");
    }
  }
}
