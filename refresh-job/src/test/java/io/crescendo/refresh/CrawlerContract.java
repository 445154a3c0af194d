package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every {@link Crawler} does, wherever the catalog lives. */
interface CrawlerContract {

  /** The crawler under test, over an empty warehouse until something is given. */
  Crawler crawler();

  /**
   * Table {@code artists} with columns id varchar, followers bigint, genres array(varchar),
   * partition column dt, and 5 rows in two partitions.
   */
  void givenArtists() throws Exception;

  /** Makes the next crawl fail; gives a part of the reason that the message must repeat. */
  String givenFailure() throws Exception;

  private Attempt attempt() {
    return new Attempt("run-1", Deadline.in(Duration.ofMinutes(1), Clock.systemUTC()));
  }

  @Test
  default void findsNoTablesInAnEmptyWarehouse() {
    assertThat(crawler().crawl(attempt()).tables()).isEmpty();
  }

  @Test
  default void findsATableWithItsColumnsPartitionsAndRows() throws Exception {
    givenArtists();

    Catalog.Table artists = crawler().crawl(attempt()).table("artists").orElseThrow();

    assertThat(artists.columns())
        .containsExactly(
            new Column("id", "varchar"),
            new Column("followers", "bigint"),
            new Column("genres", "array(varchar)"));
    assertThat(artists.partitionedBy()).containsExactly("dt");
    assertThat(artists.rows()).isEqualTo(5);
    assertThat(artists.bytes()).isPositive();
  }

  @Test
  default void seesWhatWasLandedSinceTheLastCrawl() throws Exception {
    assertThat(crawler().crawl(attempt()).table("artists")).isEmpty();
    givenArtists();

    assertThat(crawler().crawl(attempt()).table("artists")).isPresent();
  }

  @Test
  default void givesTheTablesAsTheLastCrawlLeftThem() throws Exception {
    givenArtists();
    Catalog crawled = crawler().crawl(attempt());

    assertThat(crawler().last(attempt()).tables()).isEqualTo(crawled.tables());
  }

  @Test
  default void saysWhyACrawlFailed() throws Exception {
    String reason = givenFailure();

    assertThatThrownBy(() -> crawler().crawl(attempt()))
        .isInstanceOf(RefreshException.class)
        .isNotInstanceOf(DeadlineException.class)
        .hasMessageContaining(reason);
  }

  @Test
  default void givesUpAtTheDeadline() throws Exception {
    givenArtists();
    Attempt late = new Attempt("run-1", Deadline.in(Duration.ZERO, Clock.systemUTC()));

    assertThatThrownBy(() -> crawler().crawl(late)).isInstanceOf(DeadlineException.class);
  }
}
