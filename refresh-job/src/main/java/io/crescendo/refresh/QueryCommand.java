package io.crescendo.refresh;

import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Command {@code query}: SQL on the warehouse tables. */
@Command(
    name = "query",
    description = "Answers SQL on the warehouse tables.",
    mixinStandardHelpOptions = true,
    preprocessor = QueryCommand.LeadingComment.class,
    footerHeading = "%nTables:%n",
    footer = {
      "  artists, genre_followers, artist_rejects: rows as they were landed; dt is their day",
      "  artists_latest: each artist as observed last, without those that are gone",
      "  artist_genres: one row per artist and genre",
      "",
      "Columns of a table:",
      "  query \"SELECT * FROM artists LIMIT 1\"",
      "",
      "Example:",
      "  query \"SELECT name, followers FROM artists_latest ORDER BY followers DESC LIMIT 10\""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:rows were printed",
      "2:bad usage or configuration",
      "3:the warehouse could not be read",
      "4:the SQL was refused or failed",
      "6:the query took longer than it may"
    })
public final class QueryCommand implements Callable<Integer> {

  @Mixin private WarehouseOptions warehouse;
  @Mixin private ServiceOptions services;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SQL", description = "One SELECT")
  private String sql;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private ResultFormat format;

  @Option(
      names = "--limit",
      defaultValue = "1000",
      paramLabel = "N",
      converter = Conversions.Count.class,
      description = "Rows to print at most; 0 for all (default: ${DEFAULT-VALUE})")
  private Integer limit;

  /** SQL that begins with a comment, as files do, would be taken for an option. */
  static final class LeadingComment implements IParameterPreprocessor {

    private static final Pattern COMMENT = Pattern.compile("(?s)--[^=\\s]*\\s.*");

    @Override
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec of, Map<String, Object> info) {
      args.replaceAll(arg -> COMMENT.matcher(arg).matches() ? "\n" + arg : arg);
      return false;
    }
  }

  @Override
  public Integer call() {
    RefreshSettings settings;
    try {
      settings = services.check(warehouse, false);
    } catch (ConfigurationException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    try (S3Client s3 = warehouse.s3();
        WarehouseQueries queries = services.queries(s3, warehouse, settings)) {
      QueryResult result = queries.query(sql, limit);
      format.print(result, spec.commandLine().getOut());
      if (!result.complete()) {
        Terminal.say(
            String.format(
                Locale.ROOT, "Only the first %,d rows; --limit 0 prints all", result.rows().size()),
            spec.commandLine().getErr());
      }
      return 0;
    } catch (QueryException e) {
      return RefreshCommand.failure(spec, Outcome.QUERY_FAILED, e.getMessage());
    } catch (DeadlineException e) {
      return RefreshCommand.failure(spec, Outcome.DEADLINE_EXCEEDED, e.getMessage());
    } catch (RefreshException | SdkException e) {
      return RefreshCommand.failure(spec, Outcome.CRAWL_FAILED, Reason.of(e));
    }
  }
}
