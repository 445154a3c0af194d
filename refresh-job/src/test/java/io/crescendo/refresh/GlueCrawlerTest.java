package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GlueCrawlerTest implements CrawlerContract {

  private ScriptedAws aws;
  private GlueCrawler crawler;

  @BeforeEach
  void start() {
    aws = new ScriptedAws();
    crawler = crawler(aws.settings());
  }

  @AfterEach
  void stop() {
    crawler.close();
    aws.close();
  }

  private GlueCrawler crawler(AwsSettings settings) {
    return new GlueCrawler(
        aws.clients().glue(),
        settings,
        RefreshSettings.defaults(Path.of("work")),
        ScriptedAws.poller(),
        Clock.systemUTC());
  }

  private static Attempt within(Duration time) {
    return new Attempt("run-1", Deadline.in(time, Clock.systemUTC()));
  }

  private Catalog crawl() {
    return crawler.crawl(within(Duration.ofSeconds(20)));
  }

  @Override
  public Crawler crawler() {
    return crawler;
  }

  @Override
  public void givenArtists() {
    aws.glue.landed = List.of(ScriptedGlue.table("artists", "artists"));
  }

  @Override
  public String givenFailure() {
    aws.glue.outcome = "FAILED";
    aws.glue.reason = "Insufficient permissions on s3://warehouse";
    return aws.glue.reason;
  }

  @Test
  void createsDatabaseAndCrawlerOnceWithATargetPerTable() {
    crawl();
    crawl();

    assertThat(aws.calls("glue:CreateDatabase")).hasSize(1);
    assertThat(aws.calls("glue:CreateCrawler")).hasSize(1);
    assertThat(aws.calls("glue:UpdateCrawler")).isEmpty();
    assertThat(aws.calls("glue:StartCrawler")).hasSize(2);
    assertThat(aws.glue.crawler.at("/Targets/S3Targets").findValuesAsText("Path"))
        .containsExactly(
            "s3://warehouse/tables/artists/",
            "s3://warehouse/tables/genre-followers/",
            "s3://warehouse/tables/artist-rejects/");
    assertThat(aws.glue.crawler.get("Configuration").asText())
        .contains("\"TableGroupingPolicy\":\"CombineCompatibleSchemas\"")
        .contains("\"TableLevelConfiguration\":3");
    assertThat(aws.glue.crawler.at("/RecrawlPolicy/RecrawlBehavior").asText())
        .isEqualTo("CRAWL_EVERYTHING");
  }

  @Test
  void correctsACrawlerThatIsNotAsTheSettingsSayOnceItIsReady() {
    crawl();
    aws.glue.crawler.put("Configuration", "{}");
    aws.glue.run();

    crawl();

    assertThat(aws.calls("glue:UpdateCrawler")).hasSize(1);
    assertThat(aws.glue.crawler.get("Configuration").asText()).contains("Combine");
  }

  @Test
  void looksAtNewFoldersOnlyOnceEveryTableIsThere() {
    crawler.close();
    crawler = crawler(aws.settings(AwsSettings.Recrawl.new_folders));
    givenArtists();
    crawl();
    crawl();
    assertThat(aws.calls("glue:UpdateCrawler")).isEmpty();
    aws.glue.landed =
        AwsSettings.DEFAULT_FOLDERS.stream()
            .map(f -> ScriptedGlue.table(f.replace('-', '_'), f))
            .toList();
    crawl();

    assertThat(crawl().tables()).hasSize(3);

    assertThat(aws.glue.crawler.at("/RecrawlPolicy/RecrawlBehavior").asText())
        .isEqualTo("CRAWL_NEW_FOLDERS_ONLY");
    assertThat(aws.glue.crawler.at("/SchemaChangePolicy/UpdateBehavior").asText()).isEqualTo("LOG");
  }

  @Test
  void attachesToACrawlThatIsRunning() {
    crawl();
    givenArtists();
    aws.glue.looks = 5;
    aws.glue.run();

    assertThat(crawl().table("artists")).isPresent();
  }

  @Test
  void waitsUntilTheLastCrawlIsNewerThanTheOneBefore() {
    crawl();
    givenArtists();
    aws.glue.stale = 4;

    assertThat(crawl().table("artists")).isPresent();
  }

  @Test
  void saysThatACrawlWasCancelled() {
    aws.glue.outcome = "CANCELLED";

    assertThatThrownBy(this::crawl)
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining("Crawler 'lake'")
        .hasMessageContaining("cancelled: Glue gives no reason");
  }

  @Test
  void triesAgainWhenGlueThrottlesOrFails() {
    aws.refuse("glue:StartCrawler", 2, 400, "ThrottlingException", "Rate exceeded");
    aws.refuse("glue:GetCrawler", 3, 500, "InternalServiceException", "oops");
    givenArtists();

    assertThat(crawl().table("artists")).isPresent();
    assertThat(aws.calls("glue:StartCrawler")).hasSize(3);
  }

  @Test
  void givesUpWhenGlueThrottlesForGood() {
    aws.refuse("glue:StartCrawler", 99, 400, "ThrottlingException", "Rate exceeded");

    assertThatThrownBy(this::crawl)
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining("ThrottlingException: Rate exceeded");
    assertThat(aws.calls("glue:StartCrawler")).hasSize(6);
  }

  @Test
  void saysThatCredentialsHaveExpired() {
    aws.refuse("glue:GetDatabase", 9, 400, "ExpiredTokenException", "The token is expired");

    assertThatThrownBy(this::crawl)
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining("The AWS credentials have expired: ExpiredTokenException");
  }

  @Test
  void saysWhatTheCrawlerDidWhenTheDeadlinePassed() {
    aws.glue.looks = 1_000_000;
    aws.dayPassesAfter("glue:GetCrawler");
    Deadline deadline = Deadline.in(Duration.ofDays(3), aws.clock);

    assertThatThrownBy(() -> crawler.crawl(new Attempt("run-1", deadline)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("Crawler 'lake' (RUNNING, last crawl of 1970-01-01T00:00:00Z) had");
  }

  @Test
  void readsTheTablesWithoutACrawlForASingleQuery() {
    givenArtists();
    crawl();
    int starts = aws.calls("glue:StartCrawler").size();
    try (GlueTables tables =
        new GlueTables(
            aws.clients().glue(),
            aws.settings(),
            RefreshSettings.defaults(Path.of("work")),
            Clock.systemUTC())) {
      assertThat(tables.crawl(within(Duration.ofSeconds(20))).table("artists")).isPresent();
    }
    assertThat(aws.calls("glue:StartCrawler")).hasSize(starts);
  }
}
