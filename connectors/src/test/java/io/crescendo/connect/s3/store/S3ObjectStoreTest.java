package io.crescendo.connect.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3ObjectStoreTest implements ObjectStoreContract {

  private LocalS3 s3;
  private S3ObjectStore store;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    s3 = new LocalS3(directory);
    store = new S3ObjectStore(s3.settings(true));
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    s3.close();
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Override
  public byte[] read(String key) throws Exception {
    return s3.read(key);
  }

  @Test
  void overwritesWhereTheStoreKnowsNoConditions() throws Exception {
    try (S3ObjectStore unconditional = new S3ObjectStore(s3.settings(false))) {
      unconditional.create("key", InMemoryObjectStore.content(new byte[] {1}), METADATA);
      assertThat(unconditional.create("key", InMemoryObjectStore.content(new byte[] {2}), METADATA))
          .isTrue();
      assertThat(s3.read("key")).containsExactly(2);
    }
  }

  @Test
  void saysWhatToDoWhereTheBucketIsGone(@TempDir Path directory) throws Exception {
    try (LocalS3 other = new LocalS3(directory);
        S3ObjectStore failing = new S3ObjectStore(other.settings(true))) {
      Files.delete(directory.resolve(LocalS3.BUCKET));
      assertThatThrownBy(
              () -> failing.create("key", InMemoryObjectStore.content(new byte[] {1}), Map.of()))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse())
          .hasMessageStartingWith("PutObject s3://warehouse/key failed with 404: ")
          .hasMessageEndingWith(
              "; create bucket 'warehouse', or name another one, and restart the task");
    }
  }

  @Test
  void keepsTheSecretOutOfItsSettingsText() {
    assertThat(s3.settings(true).toString()).doesNotContain("local-secret");
  }
}
