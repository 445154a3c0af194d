package io.crescendo.connect.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;

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
  void repeatsARequestThatFailedForAReasonThatMayPass() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = server(requests, 2, 503);
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 3))) {
      assertThat(failing.create("key", InMemoryObjectStore.content(new byte[] {1}), METADATA))
          .isTrue();
      assertThat(requests).hasValue(3);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysThatAFailureMayPassOnceItsRetriesAreSpent() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = server(requests, 100, 503);
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 2))) {
      assertThatThrownBy(
              () -> failing.create("key", InMemoryObjectStore.content(new byte[] {1}), Map.of()))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageStartingWith("PutObject s3://warehouse/key failed with 503");
      assertThat(requests).hasValue(3);
    } finally {
      server.stop(0);
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
  void doesNotRepeatARequestThatIsForbidden() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = server(requests, 100, 403);
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 2))) {
      assertThatThrownBy(
              () -> failing.create("key", InMemoryObjectStore.content(new byte[] {1}), Map.of()))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse());
      assertThat(requests).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RequestTimeout", "PriorRequestNotComplete", "InternalError", "ExpiredToken"})
  void repeatsABadRequestWhoseCodeSaysThatItPasses(String code) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = server(requests, 1, 400, code);
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 1))) {
      assertThat(failing.create("key", InMemoryObjectStore.content(new byte[] {1}), METADATA))
          .isTrue();
      assertThat(requests).hasValue(2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void failsForGoodWhereItsCredentialsStayExpired() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = server(requests, 100, 400, "ExpiredToken");
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 2))) {
      assertThatThrownBy(
              () -> failing.create("key", InMemoryObjectStore.content(new byte[] {1}), METADATA))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse());
      assertThat(requests).hasValue(3);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void failsForGoodWithoutCredentials() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = server(requests, 0, 200);
    S3Settings none =
        settings(
            server,
            2,
            new IdentitySettings(null, null, NoCredentials.class.getName(), Map.of(), null));
    try (S3ObjectStore failing = new S3ObjectStore(none)) {
      assertThatThrownBy(
              () -> failing.create("key", InMemoryObjectStore.content(new byte[] {1}), METADATA))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse())
          .hasMessageContaining("none to be had")
          .hasMessageEndingWith("without valid credentials waiting does not help");
      assertThat(NoCredentials.ASKED).hasValue(3);
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void abortsAMultipartUploadThoughItsThreadWasInterrupted() throws Exception {
    List<String> methods = new CopyOnWriteArrayList<>();
    Thread uploader = Thread.currentThread();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String method = exchange.getRequestMethod();
          methods.add(method);
          if (method.equals("PUT")) {
            uploader.interrupt();
          }
          byte[] answer =
              method.equals("POST")
                  ? "<InitiateMultipartUploadResult><UploadId>up</UploadId></InitiateMultipartUploadResult>"
                      .getBytes(StandardCharsets.UTF_8)
                  : new byte[0];
          boolean fails = method.equals("PUT") || methods.size() == 3;
          exchange.sendResponseHeaders(fails ? 503 : 200, answer.length == 0 ? -1 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 1))) {
      byte[] large = new byte[6 * 1024 * 1024];
      assertThatThrownBy(() -> failing.create("key", InMemoryObjectStore.content(large), METADATA))
          .isInstanceOf(RuntimeException.class);
      assertThat(Thread.interrupted()).as("still interrupted").isTrue();
      assertThat(methods).containsExactly("POST", "PUT", "DELETE", "DELETE");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysThatCredentialsMayComeWhereTheNetworkKeepsThemAway() throws Exception {
    S3Settings unreachable =
        settings(
            server(new AtomicInteger(), 0, 200),
            1,
            new IdentitySettings(
                null, null, UnreachableCredentials.class.getName(), Map.of(), null));
    try (S3ObjectStore failing = new S3ObjectStore(unreachable)) {
      assertThatThrownBy(
              () -> failing.create("key", InMemoryObjectStore.content(new byte[] {1}), METADATA))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageContaining("connect timed out");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST"})
  void beginsAnotherUploadWhereSomebodyAbortedTheOneThatRuns(String method) throws Exception {
    AtomicInteger uploads = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          int status = 200;
          String answer = "";
          if (query.equals("uploads")) {
            answer = "<A><UploadId>up-%d</UploadId></A>".formatted(uploads.incrementAndGet());
          } else if (exchange.getRequestMethod().equals("HEAD")) {
            status = 404;
          } else if (query.contains("up-1") && exchange.getRequestMethod().equals(method)) {
            status = 404;
            answer = "<Error><Code>NoSuchUpload</Code></Error>";
          } else if (exchange.getRequestMethod().equals("POST")) {
            answer =
                "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>";
          }
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("ETag", "\"etag\"");
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 1))) {
      byte[] large = new byte[6 * 1024 * 1024];
      assertThatThrownBy(() -> failing.create("key", InMemoryObjectStore.content(large), METADATA))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue());
      assertThat(failing.create("key", InMemoryObjectStore.content(large), METADATA)).isTrue();
      assertThat(uploads).hasValue(2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void asksOnceWhereSomebodyCannotWait() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = server(requests, 100, 503);
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 5))) {
      assertThatThrownBy(() -> failing.metadata("key", Duration.ofMinutes(1)))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue());
      assertThat(requests).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void doesNotWaitForAnAnswerThatDoesNotCome() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    try (S3ObjectStore failing = new S3ObjectStore(settings(server, 5))) {
      assertThatThrownBy(() -> failing.metadata("key", Duration.ofMillis(100)))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue());
    } finally {
      end.countDown();
      server.stop(0);
    }
  }

  @Test
  void keepsTheSecretOutOfItsSettingsText() {
    assertThat(s3.settings(true).toString()).doesNotContain("local-secret");
  }

  @Test
  void saysAtOnceThatThereIsNoSuchBucket() {
    try (S3ObjectStore lost = new S3ObjectStore(in("nowhere", s3.endpoint()))) {
      assertThatThrownBy(lost::checkPlace)
          .hasMessageStartingWith(
              "s3.bucket.name must name a bucket of the store, got 'nowhere', which is none")
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse());
    }
  }

  @Test
  void saysAtOnceThatTheBucketIsInAnotherRegion() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-north-1");
          exchange.sendResponseHeaders(301, -1);
          exchange.close();
        });
    server.start();
    try (S3ObjectStore moved = new S3ObjectStore(settings(server, 0))) {
      assertThatThrownBy(moved::checkPlace)
          .hasMessageContaining("s3.region")
          .hasMessageContaining("eu-north-1")
          .hasMessageContaining("us-east-1");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 503})
  void saysNothingOfABucketThatItIsNotToldOf(int status) throws Exception {
    HttpServer server = server(new AtomicInteger(), Integer.MAX_VALUE, status);
    try (S3ObjectStore silent = new S3ObjectStore(settings(server, 0))) {
      assertThatCode(silent::checkPlace).doesNotThrowAnyException();
    } finally {
      server.stop(0);
    }
    try (S3ObjectStore away = new S3ObjectStore(settings(server, 0))) {
      assertThatCode(away::checkPlace).doesNotThrowAnyException();
    }
  }

  @Test
  void saysNothingOfABucketWhereWhoeverHasCredentialsIsOverloaded() {
    String provider = OverloadedCredentials.class.getName();
    IdentitySettings identity = new IdentitySettings(null, null, provider, Map.of(), null);
    try (S3ObjectStore silent = new S3ObjectStore(in("nowhere", s3.endpoint(), identity))) {
      assertThatCode(silent::checkPlace).doesNotThrowAnyException();
    }
  }

  private static S3Settings in(String bucket, URI endpoint) {
    return in(bucket, endpoint, IdentitySettings.of(LocalS3.KEY, new Password(LocalS3.SECRET)));
  }

  private static S3Settings in(String bucket, URI endpoint, IdentitySettings identity) {
    return in(bucket, endpoint, identity, 0);
  }

  private static HttpServer server(AtomicInteger requests, int failures, int status)
      throws Exception {
    return server(requests, failures, status, null);
  }

  private static HttpServer server(AtomicInteger requests, int failures, int status, String code)
      throws Exception {
    byte[] error =
        code == null
            ? new byte[0]
            : "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean fails = requests.incrementAndGet() <= failures;
          boolean says = fails && error.length > 0;
          exchange.sendResponseHeaders(fails ? status : 200, says ? error.length : -1);
          if (says) {
            exchange.getResponseBody().write(error);
          }
          exchange.close();
        });
    server.start();
    return server;
  }

  private static S3Settings settings(HttpServer server, int retries) {
    return settings(server, retries, IdentitySettings.of("key", new Password("secret")));
  }

  private static S3Settings settings(HttpServer server, int retries, IdentitySettings identity) {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return in(LocalS3.BUCKET, endpoint, identity, retries);
  }

  private static S3Settings in(
      String bucket, URI endpoint, IdentitySettings identity, int retries) {
    return new S3Settings(
        bucket,
        "us-east-1",
        endpoint,
        true,
        false,
        identity,
        null,
        5L * 1024 * 1024,
        retries,
        Duration.ofMillis(1),
        true,
        ObjectSettings.PLAIN);
  }

  /** A provider that is told to come again. */
  public static final class OverloadedCredentials implements AwsCredentialsProvider {

    @Override
    public AwsCredentials resolveCredentials() {
      throw StsException.builder().statusCode(503).message("Throttling").build();
    }
  }

  /** A provider that does not reach who has them. */
  public static final class UnreachableCredentials implements AwsCredentialsProvider {

    @Override
    public AwsCredentials resolveCredentials() {
      SocketTimeoutException timeout = new SocketTimeoutException("connect timed out");
      throw SdkClientException.create("STS: " + timeout.getMessage(), timeout);
    }
  }

  /** A provider that never has any. */
  public static final class NoCredentials implements AwsCredentialsProvider {

    static final AtomicInteger ASKED = new AtomicInteger();

    @Override
    public AwsCredentials resolveCredentials() {
      ASKED.incrementAndGet();
      throw SdkClientException.create("none to be had");
    }
  }
}
