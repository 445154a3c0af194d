package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Database, crawler and views of the Glue catalog. */
final class NeededCatalog {

  private final GlueClient glue;
  private final AwsSettings aws;
  private final CrawlerDefinition crawler;

  NeededCatalog(GlueClient glue, AwsSettings aws, RefreshSettings settings) {
    this.glue = glue;
    this.aws = aws;
    this.crawler = CrawlerDefinition.of(aws, settings, false);
  }

  /** All of them, in the order in which they can be made. */
  List<Needed> with(List<CatalogView> views) {
    List<Needed> needed = new ArrayList<>();
    needed.add(
        new Needed(
            "Glue database '%s'".formatted(aws.database()),
            this::database,
            () -> glue.createDatabase(b -> b.databaseInput(d -> d.name(aws.database()))),
            () -> {}));
    needed.add(
        new Needed(
            "Glue crawler '%s'".formatted(aws.crawler()),
            this::crawler,
            this::createCrawler,
            this::updateCrawler));
    for (CatalogView view : views) {
      TableInput wanted = view.table(aws.database());
      needed.add(
          new Needed(
              "view '%s'".formatted(view.name()),
              () -> view(wanted),
              () -> glue.createTable(b -> b.databaseName(aws.database()).tableInput(wanted)),
              () -> glue.updateTable(b -> b.databaseName(aws.database()).tableInput(wanted))));
    }
    return needed;
  }

  private Needed.State database() {
    try {
      glue.getDatabase(b -> b.name(aws.database()));
      return Needed.State.same;
    } catch (EntityNotFoundException e) {
      return Needed.State.absent;
    }
  }

  private Needed.State crawler() {
    try {
      software.amazon.awssdk.services.glue.model.Crawler present =
          glue.getCrawler(b -> b.name(aws.crawler())).crawler();
      // runs may have told it since to look at new folders only
      boolean same =
          crawler.describes(present)
              || (aws.recrawl() == AwsSettings.Recrawl.new_folders
                  && crawler.newFolders().describes(present));
      return same ? Needed.State.same : Needed.State.differs;
    } catch (EntityNotFoundException e) {
      return Needed.State.absent;
    }
  }

  private void createCrawler() {
    glue.createCrawler(crawler.toCreate(aws.crawler()).build());
  }

  private void updateCrawler() {
    glue.updateCrawler(crawler.toUpdate(aws.crawler()).build());
  }

  private Needed.State view(TableInput wanted) {
    try {
      String text =
          glue.getTable(b -> b.databaseName(aws.database()).name(wanted.name()))
              .table()
              .viewOriginalText();
      if (text == null || !text.startsWith(CatalogView.PREFIX)) {
        throw Needed.foreign(
            "View '%s' of Glue database '%s'".formatted(wanted.name(), aws.database()),
            "a table, or a view that Athena did not write");
      }
      return wanted.viewOriginalText().equals(text) ? Needed.State.same : Needed.State.differs;
    } catch (EntityNotFoundException e) {
      return Needed.State.absent;
    }
  }
}
