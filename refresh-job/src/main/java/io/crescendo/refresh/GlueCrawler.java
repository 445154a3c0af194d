package io.crescendo.refresh;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;

/**
 * Crawls with AWS Glue: creates the database and the crawler when they are missing, corrects a
 * crawler that is not as the settings say, starts it or attaches to a crawl that is running, and
 * waits.
 *
 * <p>Glue gives a crawl no id. So a crawl counts as ours when the crawler is READY and its last
 * crawl began later than the last one did before; until then the last crawl is that of another run.
 *
 * <p>A crawl that was running already may have passed a folder before its first object landed. Only
 * a table's first object of a day makes a folder, and the next run finds it; Athena sees objects
 * that are added to a known folder without any crawl.
 */
final class GlueCrawler implements Crawler {

  private static final Logger LOG = LoggerFactory.getLogger(GlueCrawler.class);

  private final GlueClient glue;
  private final AwsSettings aws;
  private final RefreshSettings settings;
  private final GlueTables tables;
  private final Poller poller;

  /**
   * A crawler of the settings' warehouse bucket.
   *
   * @param glue closed with this
   */
  GlueCrawler(
      GlueClient glue, AwsSettings aws, RefreshSettings settings, Poller poller, Clock clock) {
    this.glue = glue;
    this.aws = aws;
    this.settings = settings;
    this.poller = poller;
    this.tables = new GlueTables(glue, aws, settings, clock);
  }

  @Override
  public Catalog crawl(Attempt attempt) {
    Deadline deadline = attempt.deadline();
    deadline.check("Crawler '%s' had".formatted(aws.crawler()));
    try {
      ensureDatabase(deadline);
      boolean known = aws.recrawl() == AwsSettings.Recrawl.new_folders && allTablesKnown(attempt);
      Instant before =
          startOf(ensureCrawler(CrawlerDefinition.of(aws, settings, known), deadline).lastCrawl());
      start(deadline);
      succeeded(await(before, deadline).lastCrawl());
      return tables.read(attempt);
    } catch (ApiCallTimeoutException e) {
      throw new DeadlineException(
          "Glue gave no answer about crawler '%s' in %s; no query was run"
              .formatted(aws.crawler(), deadline.time()),
          e);
    } catch (SdkException e) {
      throw new RefreshException(
          "Crawler '%s' could not crawl: %s; no query was run"
              .formatted(aws.crawler(), Reason.of(e)),
          e);
    }
  }

  @Override
  public Catalog last(Attempt attempt) {
    return tables.last(attempt);
  }

  private void ensureDatabase(Deadline deadline) {
    AwsRequestOverrideConfiguration within = AwsClients.within(deadline);
    try {
      glue.getDatabase(b -> b.name(aws.database()).overrideConfiguration(within));
    } catch (EntityNotFoundException missing) {
      try {
        glue.createDatabase(
            b -> b.databaseInput(d -> d.name(aws.database())).overrideConfiguration(within));
        LOG.info("Created Glue database '{}'", aws.database());
      } catch (AlreadyExistsException e) {
        LOG.debug("Somebody else created Glue database '{}'", aws.database());
      }
    }
  }

  private boolean allTablesKnown(Attempt attempt) {
    Set<String> found = new HashSet<>();
    tables.read(attempt).tables().forEach(t -> found.add(t.location()));
    return CrawlerDefinition.of(aws, settings, true).locations().stream()
        .allMatch(l -> found.contains(l) || found.contains(l.substring(0, l.length() - 1)));
  }

  /** The crawler as it is once it is as it should be. */
  private software.amazon.awssdk.services.glue.model.Crawler ensureCrawler(
      CrawlerDefinition wanted, Deadline deadline) {
    try {
      software.amazon.awssdk.services.glue.model.Crawler present = get(deadline);
      if (wanted.describes(present)) {
        return present;
      }
    } catch (EntityNotFoundException e) {
      return create(wanted, deadline);
    }
    // A crawler cannot be changed while it runs.
    poller.until(
        deadline,
        () -> get(deadline),
        c -> c.state() == CrawlerState.READY,
        c ->
            "Crawler '%s' (%s), which must be changed, had".formatted(c.name(), c.stateAsString()));
    update(wanted, deadline);
    return get(deadline);
  }

  private software.amazon.awssdk.services.glue.model.Crawler create(
      CrawlerDefinition wanted, Deadline deadline) {
    try {
      glue.createCrawler(
          wanted
              .toCreate(aws.crawler())
              .overrideConfiguration(AwsClients.within(deadline))
              .build());
      LOG.info("Created Glue crawler '{}' of {}", aws.crawler(), wanted.locations());
    } catch (AlreadyExistsException e) {
      LOG.debug("Somebody else created Glue crawler '{}'", aws.crawler());
    }
    return get(deadline);
  }

  private void update(CrawlerDefinition wanted, Deadline deadline) {
    glue.updateCrawler(
        wanted.toUpdate(aws.crawler()).overrideConfiguration(AwsClients.within(deadline)).build());
    LOG.info("Updated Glue crawler '{}', now of {}", aws.crawler(), wanted.locations());
  }

  private software.amazon.awssdk.services.glue.model.Crawler get(Deadline deadline) {
    return glue.getCrawler(
            b -> b.name(aws.crawler()).overrideConfiguration(AwsClients.within(deadline)))
        .crawler();
  }

  private void start(Deadline deadline) {
    try {
      glue.startCrawler(
          b -> b.name(aws.crawler()).overrideConfiguration(AwsClients.within(deadline)));
    } catch (CrawlerRunningException e) {
      LOG.info("Crawler '{}' is running already; waiting for that crawl", aws.crawler());
    }
  }

  private software.amazon.awssdk.services.glue.model.Crawler await(
      Instant before, Deadline deadline) {
    return poller.until(
        deadline,
        () -> get(deadline),
        c -> c.state() == CrawlerState.READY && startOf(c.lastCrawl()).isAfter(before),
        c ->
            "Crawler '%s' (%s, last crawl of %s) had"
                .formatted(c.name(), c.stateAsString(), startOf(c.lastCrawl())));
  }

  private void succeeded(LastCrawlInfo crawl) {
    if (crawl.status() != LastCrawlStatus.SUCCEEDED) {
      throw new RefreshException(
          "Crawler '%s': the crawl of %s ended %s: %s (log %s, %s); no query was run"
              .formatted(
                  aws.crawler(),
                  crawl.startTime(),
                  String.valueOf(crawl.statusAsString()).toLowerCase(Locale.ROOT),
                  crawl.errorMessage() == null ? "Glue gives no reason" : crawl.errorMessage(),
                  crawl.logGroup(),
                  crawl.logStream()));
    }
  }

  private static Instant startOf(LastCrawlInfo crawl) {
    return crawl == null || crawl.startTime() == null ? Instant.EPOCH : crawl.startTime();
  }

  @Override
  public void close() {
    glue.close();
  }
}
