package io.crescendo.csv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes quality reports for people and for programs. */
final class QualityText {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private QualityText() {}

  static void print(QualityReport report, PrintWriter out) {
    out.println(Excerpt.of(report.source()));
    report.shape().forEach(line -> out.println("  " + line));
    if (report.rows() == 0) {
      out.println("  no rows below the header");
      out.flush();
      return;
    }
    line(out, "rows", report.rows());
    line(out, "would be published", report.accepted());
    line(out, "would be rejected", report.rejections());
    for (Map.Entry<String, Long> reason : report.rejected().entrySet()) {
      line(out, "  " + reason.getKey(), reason.getValue());
      report.examples().get(reason.getKey()).forEach(example -> out.println("      " + example));
    }
    line(out, "exact duplicates", report.sameAgain());
    line(out, "same id, other values", report.conflicting());
    if (report.firstConflict() != null) {
      out.println("      " + Excerpt.of(report.firstConflict()));
    }
    if (!report.allIdsSeen()) {
      out.printf(Locale.ROOT, "  (duplicates among the first %,d artists only)%n", SeenIds.MAX);
    }
    line(out, "without genre", report.withoutGenre());
    line(out, "without popularity", report.withoutPopularity());
    out.println("  followers");
    report.followerTiers().forEach((label, count) -> line(out, "  " + label, count));
    out.flush();
  }

  /**
   * Writes reports as JSON.
   *
   * @param errors why sources could not be read, by their names
   */
  static void write(List<QualityReport> reports, Map<String, String> errors, Path file)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("rows", reports.stream().mapToLong(QualityReport::rows).sum());
    json.put("accepted", reports.stream().mapToLong(QualityReport::accepted).sum());
    json.put("rejected", reports.stream().mapToLong(QualityReport::rejections).sum());
    ArrayNode sources = json.putArray("sources");
    for (QualityReport report : reports) {
      ObjectNode source = sources.addObject();
      source.put("source", report.source());
      source.put("rows", report.rows());
      source.put("accepted", report.accepted());
      source.put("rejected", report.rejections());
      ObjectNode reasons = source.putObject("rejected_by_reason");
      report.rejected().forEach(reasons::put);
      source.put("exact_duplicates", report.sameAgain());
      source.put("conflicting_duplicates", report.conflicting());
      source.put("without_genre", report.withoutGenre());
      source.put("without_popularity", report.withoutPopularity());
      ObjectNode followers = source.putObject("artists_by_followers");
      report.followerTiers().forEach(followers::put);
      ArrayNode shape = source.putArray("shape");
      report.shape().forEach(shape::add);
    }
    errors.forEach(
        (source, error) -> sources.addObject().put("source", source).put("error", error));
    JSON.writeValue(file.toFile(), json);
  }

  private static void line(PrintWriter out, String label, long value) {
    out.printf(Locale.ROOT, "  %-24s %,14d%n", label, value);
  }
}
