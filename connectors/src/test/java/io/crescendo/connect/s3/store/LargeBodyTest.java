package io.crescendo.connect.s3.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose body is larger than what the sockets between client and server hold. */
class LargeBodyTest {

  private static final int LENGTH = 24 * 1024 * 1024;

  @Test
  void sendsABodyFromWhereItLies() throws Exception {
    CountedContent content = new CountedContent();
    AtomicInteger passes = new AtomicInteger();
    AtomicLong read = new AtomicLong();
    try (RawServer server =
            new RawServer(
                (head, client) -> {
                  passes.set(content.passes.get());
                  read.set(content.read.get());
                  RawServer.say(client, "200 OK", "Content-Length: 0", "ETag: \"e\"");
                  client.getInputStream().transferTo(OutputStream.nullOutputStream());
                });
        S3ObjectStore store = new S3ObjectStore(settings(server.endpoint(), 0))) {
      assertThat(store.create("key", content, Map.of())).isTrue();
    }
    assertThat(content.passes.get()).as("one to sign it, one to send it").isGreaterThan(1);
    if (passes.get() == content.passes.get()) {
      assertThat(read.get()).as("sent when the server had the head").isLessThan(LENGTH);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void findsTheObjectThoughTheStoreSaysSoBeforeItHasReadTheBodyAndHangsUp(int retries)
      throws Exception {
    try (RawServer server =
            new RawServer(
                (head, client) -> {
                  if (head.startsWith("HEAD")) {
                    RawServer.say(client, "200 OK", "x-amz-meta-last-offset: 9");
                  } else {
                    RawServer.say(client, "412 Precondition Failed", "Content-Length: 0");
                  }
                });
        S3ObjectStore store = new S3ObjectStore(settings(server.endpoint(), retries))) {
      assertThat(store.create("key", new CountedContent(), Map.of())).isFalse();
      assertThat(server.methods()).startsWith("PUT").doesNotHaveDuplicates();
    }
  }

  private static S3Settings settings(URI endpoint, int retries) {
    return new S3Settings(
        LocalS3.BUCKET,
        "us-east-1",
        endpoint,
        true,
        false,
        IdentitySettings.of("key", new Password("secret")),
        null,
        2L * LENGTH,
        retries,
        Duration.ofMillis(1),
        true,
        ObjectSettings.PLAIN);
  }

  /** Knows how much of the stream that was opened last has been read. */
  private static final class CountedContent implements Content {

    private final byte[] bytes = new byte[LENGTH];
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicLong read = new AtomicLong();

    @Override
    public long length() {
      return LENGTH;
    }

    @Override
    public InputStream open(long from, long to) {
      read.set(0);
      passes.incrementAndGet();
      return new FilterInputStream(new ByteArrayInputStream(bytes, (int) from, (int) (to - from))) {
        @Override
        public int read() throws IOException {
          read.incrementAndGet();
          return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          int n = super.read(target, offset, length);
          read.addAndGet(Math.max(0, n));
          return n;
        }
      };
    }
  }
}
