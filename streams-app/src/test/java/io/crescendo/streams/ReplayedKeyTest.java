package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Reject;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which keys a reject can go back under. */
class ReplayedKeyTest {

  private static final String LARGEST = "k".repeat(Rejects.MAX_KEY_BYTES);

  @Test
  void leavesADeletionUnderAKeyThatNoArtistCanHave() {
    assertThat(ofTopic(LARGEST).obstacle()).isNull();
    assertThat(ofTopic(LARGEST + "k").obstacle()).isEqualTo(RejectedRecord.LARGE_KEY);
  }

  @Test
  void leavesItInAFileToo() {
    String line = "{\"key\":\"%s\",\"value\":null}";
    assertThat(RejectedRecord.of(line.formatted(LARGEST)).obstacle()).isNull();
    assertThat(RejectedRecord.of(line.formatted(LARGEST + "k")).obstacle())
        .isEqualTo(RejectedRecord.LARGE_KEY);
  }

  private static RejectedRecord ofTopic(String key) {
    Reject deletion =
        Reject.newBuilder()
            .setReason("too_long")
            .setMessage("m")
            .setRawKey(ByteBuffer.wrap(key.getBytes(UTF_8)))
            .setTopic("artist-updates")
            .setRejectedAt(Instant.EPOCH)
            .build();
    return RejectedRecord.of(deletion, 0, 0, 0);
  }
}
