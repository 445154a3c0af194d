package io.crescendo.connect.s3.store;

import static io.crescendo.connect.s3.store.ObjectStoreContract.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of several parts that are interrupted, and those that somebody else aborts. */
class MultipartUploadTest {

  private static final Content LARGE = InMemoryObjectStore.content(new byte[6 * 1024 * 1024]);

  @Test
  void abortsAMultipartUploadThoughItsThreadWasInterrupted() throws Exception {
    List<String> methods = new CopyOnWriteArrayList<>();
    Thread uploader = Thread.currentThread();
    HttpHandler answer =
        exchange -> {
          String method = exchange.getRequestMethod();
          methods.add(method);
          if (method.equals("PUT")) {
            uploader.interrupt();
          }
          boolean fails = method.equals("PUT") || methods.size() == 3;
          FailingS3.say(
              exchange,
              fails ? 503 : 200,
              method.equals("POST")
                  ? "<InitiateMultipartUploadResult><UploadId>up</UploadId></InitiateMultipartUploadResult>"
                  : "");
        };
    try (FailingS3 s3 = new FailingS3(answer);
        S3ObjectStore failing = s3.store(1)) {
      assertThatThrownBy(() -> failing.create("key", LARGE, METADATA))
          .isInstanceOf(RuntimeException.class);
      assertThat(Thread.interrupted()).as("still interrupted").isTrue();
      assertThat(methods).containsExactly("POST", "PUT", "DELETE", "DELETE");
    }
  }

  /** S3 says 200 before it has put the parts together, and an error only when it has tried. */
  @ParameterizedTest
  @CsvSource({
    "InternalError, true, 2",
    "SlowDown, true, 2",
    "ServiceUnavailable, true, 2",
    "ConditionalRequestConflict, true, 2",
    "OperationAborted, true, 2",
    "PreconditionFailed, false, 1"
  })
  void readsTheErrorThatComesWithTheStatusOfASuccess(String code, boolean created, int completions)
      throws Exception {
    AtomicInteger completed = new AtomicInteger();
    HttpHandler handler =
        exchange -> {
          String answer = "";
          if (String.valueOf(exchange.getRequestURI().getQuery()).equals("uploads")) {
            answer = "<A><UploadId>up</UploadId></A>";
          } else if (exchange.getRequestMethod().equals("POST")) {
            answer =
                completed.incrementAndGet() == 1
                    ? FailingS3.error(code)
                    : "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>";
          }
          exchange.getResponseHeaders().add("ETag", "\"etag\"");
          FailingS3.say(exchange, 200, answer);
        };
    try (FailingS3 s3 = new FailingS3(handler);
        S3ObjectStore failing = s3.store(1)) {
      assertThat(failing.create("key", LARGE, METADATA)).isEqualTo(created);
      assertThat(completed).hasValue(completions);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST"})
  void beginsAnotherUploadWhereSomebodyAbortedTheOneThatRuns(String method) throws Exception {
    AtomicInteger uploads = new AtomicInteger();
    HttpHandler handler =
        exchange -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          int status = 200;
          String answer = "";
          if (query.equals("uploads")) {
            answer = "<A><UploadId>up-%d</UploadId></A>".formatted(uploads.incrementAndGet());
          } else if (exchange.getRequestMethod().equals("HEAD")) {
            status = 404;
          } else if (query.contains("up-1") && exchange.getRequestMethod().equals(method)) {
            status = 404;
            answer = FailingS3.error("NoSuchUpload");
          } else if (exchange.getRequestMethod().equals("POST")) {
            answer =
                "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>";
          }
          exchange.getResponseHeaders().add("ETag", "\"etag\"");
          FailingS3.say(exchange, status, answer);
        };
    try (FailingS3 s3 = new FailingS3(handler);
        S3ObjectStore failing = s3.store(1)) {
      assertThatThrownBy(() -> failing.create("key", LARGE, METADATA))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue());
      assertThat(failing.create("key", LARGE, METADATA)).isTrue();
      assertThat(uploads).hasValue(2);
    }
  }
}
