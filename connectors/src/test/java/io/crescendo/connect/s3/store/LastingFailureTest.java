package io.crescendo.connect.s3.store;

import static io.crescendo.connect.s3.store.ObjectStoreContract.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.connect.s3.config.SinkConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that no waiting ends, and those that look alike and may pass. */
class LastingFailureTest {

  private static final String ACCESS_POINT =
      "arn:aws:s3:us-west-2:123456789012:accesspoint/warehouse";

  @ParameterizedTest
  @CsvSource({
    ACCESS_POINT + ", s3.path.style.access.enabled, true",
    "arn:aws:s3:eu-west-1:123456789012:accesspoint/warehouse, s3.path.style.access.enabled, false",
    "Warehouse, s3.wan.mode, true",
  })
  void failsForGoodWhereTheRequestIsNotEvenSent(String bucket, String key, String value) {
    Map<String, String> properties = new HashMap<>();
    properties.put("s3.bucket.name", bucket);
    properties.put(key, value);
    properties.put("flush.size", "1");
    properties.put("s3.retry.backoff.ms", "1");
    properties.put("aws.access.key.id", "key");
    properties.put("aws.secret.access.key", "secret");
    // whatever is sent, goes nowhere
    properties.put("s3.proxy.url", "http://127.0.0.1:1");
    try (S3ObjectStore store = new S3ObjectStore(SinkConfig.settings(properties).store())) {
      assertThatThrownBy(() -> create(store))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse())
          .hasMessageStartingWith("PutObject s3://" + bucket + "/key was not sent: ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {501, 505})
  void doesNotRepeatWhatTheStoreDoesNotKnow(int status) throws Exception {
    try (FailingS3 s3 = FailingS3.failing(100, status);
        S3ObjectStore failing = s3.store(2)) {
      assertThatThrownBy(() -> create(failing))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse())
          .hasMessageStartingWith("PutObject s3://warehouse/key failed with " + status);
      assertThat(s3.requests()).isOne();
    }
  }

  @Test
  void saysWhatToAskNoLongerOfAStoreThatDoesNotKnowIt() throws Exception {
    try (FailingS3 s3 = FailingS3.failing(100, 501, FailingS3.error("NotImplemented"));
        S3ObjectStore failing = s3.store(2)) {
      assertThatThrownBy(() -> create(failing))
          .hasMessageContaining("s3.conditional.writes=false")
          .hasMessageContaining("s3.acl.canned, s3.ssea.name and s3.object.tagging");
    }
  }

  /** Answers to HEAD have no document that would say so. */
  @Test
  void saysWhichRightsAreNeededToAskForAnObject() throws Exception {
    try (FailingS3 s3 = FailingS3.failing(100, 403);
        S3ObjectStore failing = s3.store(2)) {
      for (ThrowingCallable question :
          List.<ThrowingCallable>of(
              () -> failing.metadata("key"),
              () -> failing.metadata("key", Duration.ofSeconds(30)))) {
        assertThatThrownBy(question)
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.isTransient()).isFalse())
            .hasMessageStartingWith("HeadObject s3://warehouse/key failed with 403")
            .hasMessageEndingWith(
                "; who asks needs s3:GetObject on this object, and s3:ListBucket on its bucket to be"
                    + " told that there is none");
      }
    }
  }

  /** As the proxy of an http store, whose answer the client gets to see. */
  @Test
  void failsForGoodWhereTheProxyOfAnHttpsStoreWantsAnotherUser() throws Exception {
    try (ScriptedProxy proxy = new ScriptedProxy();
        S3ObjectStore store =
            new S3ObjectStore(
                SinkConfig.settings(
                        ScriptedS3.properties(
                            "store.url", "https://s3.example.invalid",
                            "s3.proxy.url", proxy.url(),
                            "s3.part.retries", "1",
                            "s3.retry.backoff.ms", "1"))
                    .store())) {
      assertThatThrownBy(() -> create(store))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse())
          .hasMessageContaining("407")
          .hasMessageEndingWith("without valid credentials waiting does not help");
      assertThat(proxy.requests()).as("twice a write, and whether it succeeded").hasSize(4);
    }
  }

  @Test
  void saysThatAnAnswerThatCannotBeReadMayBeBetterNextTime() throws Exception {
    try (FailingS3 s3 = new FailingS3(exchange -> FailingS3.say(exchange, 200, "<html>busy"));
        S3ObjectStore failing = s3.store(0)) {
      Content large = InMemoryObjectStore.content(new byte[6 * 1024 * 1024]);
      assertThatThrownBy(() -> failing.create("key", large, METADATA))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageContaining("got no answer");
    }
  }

  private static boolean create(S3ObjectStore store) {
    return store.create("key", InMemoryObjectStore.content(new byte[] {1}), METADATA);
  }
}
