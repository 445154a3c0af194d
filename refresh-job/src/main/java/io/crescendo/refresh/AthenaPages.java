package io.crescendo.refresh;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.Row;

/** The result of an Athena query, page by page. The first row of a SELECT is its header. */
final class AthenaPages {

  private static final int PAGE = 1000;

  private final AthenaClient athena;
  private final String id;
  private final List<List<Object>> rows = new ArrayList<>();
  private List<Column> columns = List.of();

  AthenaPages(AthenaClient athena, String id) {
    this.athena = athena;
    this.id = id;
  }

  /** Reads until the end, or until one row more than the limit, if it is not 0. */
  QueryResult read(int maxRows, Deadline deadline) {
    String token = null;
    boolean first = true;
    do {
      deadline.check("Reading the rows of query execution %s had".formatted(id));
      GetQueryResultsResponse page = page(token, maxRows, deadline);
      if (first) {
        columns =
            page.resultSet().resultSetMetadata().columnInfo().stream()
                .map(AthenaValues::column)
                .toList();
      }
      List<Row> found = page.resultSet().rows();
      for (Row row : first ? found.subList(Math.min(1, found.size()), found.size()) : found) {
        rows.add(values(row));
      }
      first = false;
      token = page.nextToken();
    } while (token != null && (maxRows == 0 || rows.size() <= maxRows));
    boolean complete = maxRows == 0 || rows.size() <= maxRows;
    return new QueryResult(
        columns, complete ? rows : new ArrayList<>(rows.subList(0, maxRows)), complete);
  }

  private GetQueryResultsResponse page(String token, int maxRows, Deadline deadline) {
    // the header, and one row more than the limit
    int size = maxRows == 0 || maxRows > PAGE - 2 ? PAGE : maxRows + 2;
    return athena.getQueryResults(
        b ->
            b.queryExecutionId(id)
                .nextToken(token)
                .maxResults(size)
                .overrideConfiguration(AwsClients.within(deadline)));
  }

  private List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = i < row.data().size() ? text(row.data().get(i)) : null;
      try {
        values.add(AthenaValues.value(columns.get(i), text));
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new RefreshException(
            "Query execution %s: column '%s' is %s, but row %s has '%s'; the run stops here"
                .formatted(id, columns.get(i).name(), columns.get(i).type(), rows.size() + 1, text),
            e);
      }
    }
    return values;
  }

  private static String text(Datum datum) {
    return datum.varCharValue();
  }
}
