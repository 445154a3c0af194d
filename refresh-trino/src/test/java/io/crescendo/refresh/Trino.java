package io.crescendo.refresh;

import io.trino.Session;
import io.trino.plugin.memory.MemoryConnectorFactory;
import io.trino.spi.type.TimeZoneKey;
import io.trino.spi.type.Type;
import io.trino.testing.LocalQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import io.trino.testing.TestingSession;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trino in this process, with tables in memory. Like Athena, it has a session in UTC. */
final class Trino implements AutoCloseable {

  /** Schema of the tables. */
  static final String SCHEMA = "default";

  private final LocalQueryRunner runner;

  Trino() {
    Session session =
        TestingSession.testSessionBuilder()
            .setCatalog("memory")
            .setSchema(SCHEMA)
            .setTimeZoneKey(TimeZoneKey.UTC_KEY)
            .build();
    runner = LocalQueryRunner.create(session);
    runner.createCatalog("memory", new MemoryConnectorFactory(), Map.of());
  }

  void createTable(String name, String select) {
    execute("CREATE TABLE %s AS %s".formatted(name, select));
  }

  /** Runs a query; its values are of the types that {@link QueryResult} names. */
  QueryResult query(String sql) {
    MaterializedResult result = execute(sql).toTestTypes();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < result.getColumnNames().size(); i++) {
      Type type = result.getTypes().get(i);
      columns.add(new Column(result.getColumnNames().get(i), type.getDisplayName()));
    }
    return new QueryResult(
        columns, result.getMaterializedRows().stream().map(Trino::values).toList(), true);
  }

  private MaterializedResult execute(String sql) {
    try {
      return runner.execute(sql);
    } catch (RuntimeException e) {
      throw new QueryException("Trino: %s, of%n%s".formatted(e.getMessage(), sql), e);
    }
  }

  private static List<Object> values(MaterializedRow row) {
    List<Object> values = new ArrayList<>();
    for (Object value : row.getFields()) {
      values.add(value instanceof LocalDateTime t ? t.toInstant(ZoneOffset.UTC) : value);
    }
    return values;
  }

  @Override
  public void close() {
    runner.close();
  }
}
