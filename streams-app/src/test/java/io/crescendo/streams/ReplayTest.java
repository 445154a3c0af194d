package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private final MockProducer<byte[], byte[]> brokers =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Replay replay = new Replay(brokers, false);

  @Test
  void sendsNoMoreOnceTheBrokersTookOneNot() {
    replay.send(update("a"));
    replay.send(update("b"));
    brokers.completeNext();
    brokers.errorNext(new TimeoutException("nobody is there"));
    assertThatThrownBy(() -> replay.send(update("c")))
        .isInstanceOf(KafkaException.class)
        .hasMessage(
            "Not every reject was sent back: nobody is there; the brokers have 1 for sure, which"
                + " are harmless when sent again");
    assertThat(brokers.history()).hasSize(2);
  }

  @Test
  void tellsWhatItSentAndLeft() {
    replay.send(update("a"));
    replay.send(RejectedRecord.of("{\"value\":\"still garbage\"}"));
    assertThat(replay.finish())
        .isEqualTo("Sent 1 reject to artist-updates; left 1, " + RejectedRecord.NO_OBJECT);
  }

  private static RejectedRecord update(String id) {
    return RejectedRecord.of("{\"key\":\"%s\",\"value\":{\"id\":\"%s\"}}".formatted(id, id));
  }
}
