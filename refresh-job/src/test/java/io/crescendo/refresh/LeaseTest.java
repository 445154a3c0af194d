package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Request;

class LeaseTest {

  private static final Duration TIME = Duration.ofMinutes(5);

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private TestStore store;
  private ResultsBucket results;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    results = new ResultsBucket(store.client(), "results");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private Lease lease(String owner) {
    return new Lease(results, owner, clock);
  }

  private Lease.Claim claim(String owner, String run) {
    return lease(owner).claim(run, TIME, claim -> {});
  }

  @Test
  void isHeldByOneOwnerUntilReleased() {
    Lease.Claim first = claim("a", "run-1");
    Lease.Claim second = claim("b", "run-2");
    lease("a").release(first);
    Lease.Claim third = claim("b", "run-3");

    assertThat(first.mine()).isTrue();
    assertThat(second.mine()).isFalse();
    assertThat(second.holder().run()).isEqualTo("run-1");
    assertThat(second.holder().owner()).isEqualTo("a");
    assertThat(third.mine()).isTrue();
  }

  @Test
  void isFreeOnceExpired() {
    claim("a", "run-1");

    clock.advance(TIME.minusMillis(1));
    assertThat(claim("b", "run-2").mine()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(claim("b", "run-3").mine()).isTrue();
  }

  @Test
  void isTakenOverByAnOwnerThatStartsAgain() {
    claim("a", "run-1");

    assertThat(claim("a", "run-2").mine()).isTrue();
  }

  @Test
  void isNotFreedByAnOwnerThatLostIt() {
    Lease.Claim lost = claim("a", "run-1");
    clock.advance(TIME);
    claim("b", "run-2");

    lease("a").release(lost);

    assertThat(claim("c", "run-3").mine()).isFalse();
  }

  @Test
  void isNotWonWithANumberThatOthersUsedMeanwhile() {
    Lease.Claim first = claim("a", "run-1");
    lease("a").release(first);
    claim("b", "run-2");

    // as if this one had listed the numbers before the others came
    assertThat(results.create(first.key(), "{}")).isTrue();
    assertThat(claim("c", "run-3").holder().run()).isEqualTo("run-2");
  }

  private Lease.Claim claimWhere(Consumer<S3Request> meddling) {
    return new Lease(
            new ResultsBucket(new MeddledStore(store.client(), meddling), "results"), "a", clock)
        .claim("run-1", TIME, claim -> {});
  }

  @Test
  void isGivenBackWhereNobodyCanTellWhetherItWasWon() {
    AtomicInteger listings = new AtomicInteger();

    assertThatThrownBy(
            () ->
                claimWhere(
                    request -> {
                      if (request instanceof ListObjectsV2Request
                          && listings.getAndIncrement() > 0) {
                        throw SdkClientException.create("no answer");
                      }
                    }))
        .hasMessage("no answer");

    assertThat(claim("b", "run-2").mine()).isTrue();
  }

  @Test
  void isHeldWhereOldNumbersCannotBeRemoved() {
    lease("b").release(claim("b", "run-0"));

    Lease.Claim claim =
        claimWhere(
            request -> {
              if (request instanceof DeleteObjectsRequest) {
                throw SdkClientException.create("no answer");
              }
            });

    assertThat(claim.mine()).isTrue();
    assertThat(claim("b", "run-2").holder().run()).isEqualTo("run-1");
  }

  @Test
  void leavesNoTrailOfOldNumbers() {
    for (int i = 0; i < 4; i++) {
      lease("a").release(claim("a", "run-" + i));
    }

    assertThat(results.keys("lease/", "")).containsExactly("lease/0000000004.json");
  }

  @RepeatedTest(10)
  void goesToOneOfManyThatWantItAtOnce() throws Exception {
    assertThat(winners()).isEqualTo(1);
    // the same over an object that exists already
    clock.advance(TIME);
    assertThat(winners()).isEqualTo(1);
  }

  private int winners() throws Exception {
    int owners = 6;
    CyclicBarrier together = new CyclicBarrier(owners);
    ExecutorService threads = Executors.newFixedThreadPool(owners);
    try {
      List<Callable<Lease.Claim>> claims = new ArrayList<>();
      for (int i = 0; i < owners; i++) {
        String owner = "owner-" + i + "-" + clock.instant();
        claims.add(
            () -> {
              together.await();
              return claim(owner, "run-of-" + owner);
            });
      }
      int winners = 0;
      for (Future<Lease.Claim> claim : threads.invokeAll(claims)) {
        winners += claim.get().mine() ? 1 : 0;
      }
      return winners;
    } finally {
      threads.shutdownNow();
    }
  }
}
