package io.crescendo.stack.cli;

import io.crescendo.refresh.QueryResult;
import io.crescendo.refresh.RunRecord;
import io.crescendo.stack.Pipeline;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what a demo brought, and what to try next. */
final class DemoReport {

  private static final int TOP = 10;
  private static final int BAR = 40;

  private final PrintWriter out;

  DemoReport(PrintWriter out) {
    this.out = out;
  }

  void print(Pipeline pipeline, RunRecord run, DemoFigures figures) {
    Map<String, QueryResult> results = pipeline.warehouse().results();
    artists(results.get("top_artists_by_followers"));
    genres(results.get("genres"));
    distribution(results.get("follower_distribution"));
    rejects(figures, results.get("rejects_by_reason"));
    totals(run, figures);
    say("");
    say("Parquet   " + pipeline.stack().dir().resolve("s3/warehouse/tables"));
    out.flush();
  }

  private void artists(QueryResult top) {
    TextTable table = new TextTable("artist", "genre", "followers", "popularity");
    for (int i = 0; i < Math.min(TOP, top.rows().size()); i++) {
      table.row(
          top.value(i, "name"),
          top.value(i, "primary_genre"),
          top.value(i, "followers"),
          top.value(i, "popularity"));
    }
    section("Top artists by followers", table);
  }

  private void genres(QueryResult genres) {
    TextTable table = new TextTable("genre", "artists", "followers", "mean popularity");
    for (int i = 0; i < Math.min(TOP, genres.rows().size()); i++) {
      table.row(
          genres.value(i, "genre"),
          genres.value(i, "artists"),
          genres.value(i, "followers"),
          genres.value(i, "mean_popularity"));
    }
    section("Top genres by followers", table);
  }

  private void distribution(QueryResult bands) {
    long most = 1;
    for (int i = 0; i < bands.rows().size(); i++) {
      most = Math.max(most, (Long) bands.value(i, "artists"));
    }
    TextTable table = new TextTable("followers", "artists", "");
    for (int i = 0; i < bands.rows().size(); i++) {
      long artists = (Long) bands.value(i, "artists");
      int bar = (int) Math.ceil((double) BAR * artists / most);
      table.row(bands.value(i, "band"), artists, "#".repeat(bar));
    }
    section("Artists by number of followers", table);
  }

  private void rejects(DemoFigures figures, QueryResult rejects) {
    if (figures.rejected() == 0) {
      say("");
      say("Rejected: none");
      return;
    }
    TextTable table = new TextTable("reason", "rejects", "latest");
    for (int i = 0; i < rejects.rows().size(); i++) {
      table.row(
          rejects.value(i, "reason"),
          rejects.value(i, "rejects"),
          rejects.value(i, "last_message"));
    }
    section(String.format(Locale.ROOT, "Rejected: %,d", figures.rejected()), table);
  }

  private void totals(RunRecord run, DemoFigures figures) {
    say("");
    say(
        String.format(
            Locale.ROOT,
            "%,d artists (%,d without a genre), %,d genres, %,d followers",
            figures.artists(),
            figures.artistsWithoutGenre(),
            figures.genres(),
            figures.followersTotal()));
    say(
        "Rows landed: "
            + run.tables().stream()
                .map(
                    t ->
                        String.format(
                            Locale.ROOT, "%s %,d in %,d files", t.name(), t.rows(), t.files()))
                .collect(Collectors.joining(", ")));
    say(
        "Seconds: "
            + figures.seconds().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.1f", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", ")));
  }

  /** Where the page is, and what to do with a stack that stays up. */
  void next(Pipeline pipeline) {
    say("Page      " + pipeline.endpoints().pageUrl());
    say("");
    say("Try in another terminal:");
    Path dir = pipeline.stack().dir();
    if (!dir.equals(Crescendo.defaultDataDir())) {
      say("  export CRESCENDO_DATA_DIR='%s'".formatted(dir));
    }
    say(
        "  echo '{\"id\":\"x1\",\"name\":\"X\",\"genres\":[\"pop\"],\"followers\":5}'"
            + " | ./crescendo kafka console-producer --topic artist-updates");
    say(
        "  curl %s/connectors/%s/status"
            .formatted(pipeline.endpoints().connectUrl(), Pipeline.CONNECTOR));
    say(
        "  ./crescendo query \"SELECT name, followers FROM artists_latest ORDER BY followers DESC LIMIT 5\"");
    out.flush();
  }

  private void section(String title, TextTable table) {
    say("");
    say(title);
    out.print(table.render());
  }

  private void say(String line) {
    out.println(line);
  }
}
