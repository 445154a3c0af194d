package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds what a run found against the thresholds. */
final class Checks {

  private Checks() {}

  /**
   * A verdict for each threshold that is given.
   *
   * @param tables tables with their rows in the run before; also those that are gone since
   */
  static List<RunRecord.Check> of(
      Thresholds limits, RunRecord.Freshness freshness, List<RunRecord.TableRows> tables) {
    List<RunRecord.Check> checks = new ArrayList<>();
    if (limits.maxAge() != null) {
      checks.add(age(limits.maxAge().toMillis() / 1e3, freshness));
    }
    if (limits.maxRejectShare() != null) {
      checks.add(rejects(limits.maxRejectShare(), freshness));
    }
    if (limits.maxRowDrop() != null) {
      checks.add(drop(limits.maxRowDrop(), tables));
    }
    return checks;
  }

  private static RunRecord.Check age(double limit, RunRecord.Freshness freshness) {
    Double age = freshness.ageSeconds();
    return new RunRecord.Check(
        "max_age",
        limit,
        age,
        // no data are not fresh
        age != null && age <= limit,
        age == null
            ? "Table 'artists' has no records, so none is younger than %s s"
                .formatted(number(limit))
            : "The newest record of table 'artists' came in %s s ago (%s); %s s are allowed"
                .formatted(number(age), freshness.newest(), number(limit)));
  }

  private static RunRecord.Check rejects(double limit, RunRecord.Freshness freshness) {
    Double share = freshness.rejectShare();
    return new RunRecord.Check(
        "max_reject_share",
        limit,
        share,
        share == null || share <= limit,
        share == null
            ? "No records came in during the last 24 hours, so none was rejected"
            : String.format(
                Locale.ROOT,
                "%,d of the %,d records of the last 24 hours were rejected, a share of %s; %s is allowed",
                freshness.recentRejects(),
                freshness.recentRecords(),
                number(share),
                number(limit)));
  }

  private static RunRecord.Check drop(double limit, List<RunRecord.TableRows> tables) {
    RunRecord.TableRows worst = null;
    for (RunRecord.TableRows table : tables) {
      if (drop(table) != null && (worst == null || drop(table) > drop(worst))) {
        worst = table;
      }
    }
    Double value = worst == null ? null : drop(worst);
    return new RunRecord.Check(
        "max_row_drop",
        limit,
        value,
        value == null || value <= limit,
        value == null
            ? "No run before knew rows to compare with"
            : String.format(
                Locale.ROOT,
                "Table '%s' has %,d rows after %,d, a drop of %s; %s is allowed",
                worst.name(),
                worst.rows(),
                worst.rowsBefore(),
                number(value),
                number(limit)));
  }

  /** Share of the rows before that are gone; 0 where there are more now; null if unknown. */
  private static Double drop(RunRecord.TableRows table) {
    Long before = table.rowsBefore();
    return before == null || before == 0
        ? null
        : Double.valueOf(Math.max(0, before - table.rows()) / (double) before);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3g", value)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }
}
