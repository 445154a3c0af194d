package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.refresh.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunNoticesTest {

  private final List<String> told = new ArrayList<>();
  private boolean closed;
  private final RunNotices notices = new RunNotices(() -> closed, told::add);

  @Test
  void tellsOfAFailureOnceUntilARunSucceeds() {
    notices.ended(Outcome.QUERY_FAILED, "first");
    notices.ended(Outcome.QUERY_FAILED, "second");
    notices.ended(Outcome.SUCCEEDED, null);
    notices.ended(Outcome.CRAWL_FAILED, "third");
    assertThat(told)
        .containsExactly(
            "first; the page still shows the run before",
            "third; the page still shows the run before");
  }

  @Test
  void tellsOfARunThatThrowsAndLetsTheNextOneTry() {
    notices.during(
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
    notices.during(() -> notices.ended(Outcome.SUCCEEDED, null));
    assertThat(told)
        .containsExactly(
            "The refresh broke off: java.lang.OutOfMemoryError: Java heap space; the page still shows"
                + " the run before");
  }

  @Test
  void saysNothingOfARunInWhosePlaceAnotherRefreshes() {
    notices.ended(Outcome.LEASE_HELD, "held");
    assertThat(told).isEmpty();
  }

  @Test
  void saysNothingOfARunThatFailsBecauseEverythingStops() {
    closed = true;
    notices.ended(Outcome.CRAWL_FAILED, "no S3");
    assertThat(told).isEmpty();
  }
}
