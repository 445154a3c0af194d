package io.crescendo.refresh;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers the page's requests for rows: from the documents of the run where the run has asked the
 * same, otherwise by the {@link Explorer}.
 */
final class PageAnswers {

  private static final Map<String, Query> RUN = byName(Queries.bundled());
  private static final Map<String, Query> EXPLORE =
      byName(
          Queries.resources("explore").entrySet().stream()
              .map(file -> Query.parse(file.getKey(), file.getValue()))
              .toList());
  private static final Map<String, Set<String>> OWN_PARAMETERS =
      Map.of(
          "search_artists", Set.of("q"),
          "artist", Set.of("artist"),
          "artist_history", Set.of("artist"));
  // answered from the run's genres, which are few enough to look through
  private static final String GENRE_NAMES = "genre_names";

  private final DashboardDocuments documents;
  private final Explorer explorer;

  PageAnswers(DashboardDocuments documents, Explorer explorer) {
    this.documents = documents;
    this.explorer = explorer;
  }

  private static Map<String, Query> byName(List<Query> queries) {
    return queries.stream().collect(Collectors.toMap(Query::name, Function.identity()));
  }

  /** The queries that only the page asks, by name. */
  static Map<String, Query> explore() {
    return EXPLORE;
  }

  /**
   * Rows of a query.
   *
   * @param run run whose tables it is about
   * @param name name of a query of the dashboard or of {@link #explore}, or {@code genre_names}
   * @param given parameters of the request, as they came
   * @return empty if the run or the query is unknown
   * @throws ConfigurationException if a parameter breaks a rule
   * @throws Explorer.Busy if the answer is not ready
   * @throws RefreshException if it cannot be answered
   */
  Optional<PageDocument> rows(String run, String name, Map<String, List<String>> given) {
    if (name.equals(GENRE_NAMES)) {
      PageParameters parameters = PageParameters.of(given, Set.of("q"));
      return documents
          .document(run, "genres")
          .map(d -> genreNames(d, (String) parameters.own().get("q")).first(parameters.limit()));
    }
    PageParameters parameters =
        PageParameters.of(given, OWN_PARAMETERS.getOrDefault(name, Set.of()));
    return document(run, name, parameters).map(d -> d.first(parameters.limit()));
  }

  private Optional<PageDocument> document(String run, String name, PageParameters parameters) {
    Scope scope = parameters.scope();
    if (EXPLORE.containsKey(name)) {
      return explored(run, new Question(EXPLORE.get(name), parameters.own()));
    }
    if (scope.isEverything()) {
      return documents.document(run, name);
    }
    boolean genreOnly = scope.equals(new Scope(scope.genre(), null, Scope.USUAL_DAYS));
    if (name.equals("top_artists_of_genre") && genreOnly) {
      return documents.document(run, name).map(d -> d.where("genre", scope.genre()));
    }
    return RUN.containsKey(name) ? explored(run, scope.narrow(RUN.get(name))) : Optional.empty();
  }

  private Optional<PageDocument> explored(String run, Question question) {
    return documents.isShown(run) ? Optional.of(explorer.ask(run, question)) : Optional.empty();
  }

  private static PageDocument genreNames(PageDocument genres, String part) {
    String wanted = part.toLowerCase(Locale.ROOT).strip();
    int column = genres.columns().stream().map(Column::name).toList().indexOf("genre");
    return genres.matching(
        row -> row.get(column).toString().contains(wanted),
        row ->
            row.get(column).toString().equals(wanted)
                ? 0
                : row.get(column).toString().startsWith(wanted) ? 1 : 2);
  }
}
