package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void givesNoPortTwice() {
    assertThat(Ports.free(300)).hasSize(300).doesNotHaveDuplicates().allMatch(Ports::isFree);
  }
}
