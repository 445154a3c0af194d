package io.crescendo.csv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes reports as JSON: {@code {"rows": …, "accepted": …, "rejected": …, "sources": [{"source":
 * …, "rows": …, "accepted": …, "rejected": …, "rejected_by_reason": {…}, "rows_before": …,
 * "already_published": …, "seconds": …}]}}.
 */
final class PublishSummary {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private PublishSummary() {}

  static void write(List<PublishReport> reports, Path file) throws IOException {
    ObjectNode summary = JSON.createObjectNode();
    summary.put("rows", reports.stream().mapToLong(PublishReport::rows).sum());
    summary.put("accepted", reports.stream().mapToLong(PublishReport::accepted).sum());
    summary.put("rejected", reports.stream().mapToLong(PublishReport::rejected).sum());
    ArrayNode sources = summary.putArray("sources");
    for (PublishReport report : reports) {
      ObjectNode source = sources.addObject();
      source.put("source", report.source());
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
