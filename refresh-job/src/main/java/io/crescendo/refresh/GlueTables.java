package io.crescendo.refresh;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * The tables of a Glue database, as crawls left them. As a {@link Crawler} it starts nothing, which
 * is right for a single query: Athena lists a table's folders anew for every query anyway.
 */
final class GlueTables implements Crawler {

  private final GlueClient glue;
  private final String database;
  private final String location;
  private final Clock clock;

  /**
   * Tables of the settings' database that lie under the warehouse's tables prefix.
   *
   * @param glue closed with this
   */
  GlueTables(GlueClient glue, AwsSettings aws, RefreshSettings settings, Clock clock) {
    this.glue = glue;
    this.database = aws.database();
    this.location = settings.tables();
    this.clock = clock;
  }

  @Override
  public Catalog crawl(Attempt attempt) {
    attempt.deadline().check("Reading Glue database '%s' had".formatted(database));
    try {
      return read(attempt);
    } catch (ApiCallTimeoutException e) {
      throw new DeadlineException(
          "Glue gave no answer in %s; no query was run".formatted(attempt.deadline().time()), e);
    } catch (SdkException e) {
      throw new RefreshException(
          "The tables of Glue database '%s' could not be read: %s; no query was run"
              .formatted(database, Reason.of(e)),
          e);
    }
  }

  @Override
  public Catalog last(Attempt attempt) {
    return crawl(attempt);
  }

  /** The tables; none if there is no such database. */
  Catalog read(Attempt attempt) {
    List<Catalog.Table> tables = new ArrayList<>();
    try {
      glue
          .getTablesPaginator(
              b ->
                  b.databaseName(database)
                      .overrideConfiguration(AwsClients.within(attempt.deadline())))
          .stream()
          .flatMap(page -> page.tableList().stream())
          .filter(t -> t.storageDescriptor() != null && in(t.storageDescriptor()))
          .forEach(t -> tables.add(table(t)));
    } catch (EntityNotFoundException e) {
      return new Catalog(clock.instant(), List.of());
    }
    return new Catalog(clock.instant(), tables);
  }

  private boolean in(StorageDescriptor storage) {
    return storage.location() != null && storage.location().startsWith(location);
  }

  private static Catalog.Table table(Table table) {
    StorageDescriptor storage = table.storageDescriptor();
    return new Catalog.Table(
        table.name(),
        storage.location(),
        storage.columns().stream()
            .map(c -> new Column(c.name(), HiveTypes.toTrino(c.type())))
            .toList(),
        table.partitionKeys().stream().map(k -> k.name()).toList(),
        List.of(),
        figure(table, "recordCount"),
        figure(table, "sizeKey"));
  }

  /** What the crawler counted; 0 where it did not. */
  private static long figure(Table table, String parameter) {
    String value = table.parameters().getOrDefault(parameter, "0");
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
  }

  @Override
  public void close() {
    glue.close();
  }
}
