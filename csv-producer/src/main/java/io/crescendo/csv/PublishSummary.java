package io.crescendo.csv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Writes what became of the sources as JSON: {@code {"rows": …, "accepted": …, "rejected": …,
 * "sources": [{"source": …, "rows": …, "accepted": …, "rejected": …, "rejected_by_reason": {…},
 * "rows_before": …, "already_published": …, "seconds": …}, {"source": …, "error": …,
 * "committed_rows": …}]}}. The sums are over sources that were published to their end.
 */
final class PublishSummary {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private PublishSummary() {}

  static void write(Collection<Outcome> outcomes, Path file) throws IOException {
    List<PublishReport> reports =
        outcomes.stream().map(Outcome::report).filter(Objects::nonNull).toList();
    ObjectNode summary = JSON.createObjectNode();
    summary.put("rows", reports.stream().mapToLong(PublishReport::rows).sum());
    summary.put("accepted", reports.stream().mapToLong(PublishReport::accepted).sum());
    summary.put("rejected", reports.stream().mapToLong(PublishReport::rejected).sum());
    ArrayNode sources = summary.putArray("sources");
    for (Outcome outcome : outcomes) {
      ObjectNode source = sources.addObject();
      source.put("source", outcome.source());
      if (outcome.failure() != null) {
        source.put("error", outcome.failure().message());
        source.put("committed_rows", outcome.committed());
        continue;
      }
      PublishReport report = outcome.report();
      source.put("rows", report.rows());
      source.put("accepted", report.accepted());
      source.put("rejected", report.rejected());
      ObjectNode reasons = source.putObject("rejected_by_reason");
      report.rejectedByReason().forEach(reasons::put);
      source.put("rows_before", report.rowsBefore());
      source.put("already_published", report.alreadyPublished());
      source.put("seconds", report.duration().toMillis() / 1000.0);
    }
    JSON.writeValue(file.toFile(), summary);
  }
}
