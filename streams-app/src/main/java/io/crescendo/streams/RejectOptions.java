package io.crescendo.streams;

import io.crescendo.schemas.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of the commands about rejects: which of them. */
final class RejectOptions {

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      converter = ReasonConverter.class,
      description = "Only these reasons, such as not_json; separated by commas.")
  private Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Only what was rejected at this time or later, such as 2026-01-31T12:00:00Z.")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Only what was rejected before.")
  private Instant until;

  /** Whether they leave anything out. */
  boolean choose() {
    return !reasons.isEmpty() || since != null || until != null;
  }

  boolean chosen(RejectedRecord record) {
    return (reasons.isEmpty()
            || reasons.stream().anyMatch(reason -> reason.code().equals(record.reason())))
        && (since == null || !record.rejectedAt().isBefore(since))
        && (until == null || record.rejectedAt().isBefore(until));
  }

  /** Knows times by their ISO-8601 text, and refuses others in words. */
  static final class TimeConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String value) {
      try {
        return Instant.parse(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "must be a time such as 2026-01-31T12:00:00Z, got '%s'".formatted(value));
      }
    }
  }

  /** Knows the reasons by their names on the wire. */
  static final class ReasonConverter implements ITypeConverter<Reason> {

    @Override
    public Reason convert(String code) {
      return Arrays.stream(Reason.values())
          .filter(reason -> reason.code().equals(code))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "must be one of %s, got '%s'"
                          .formatted(
                              Arrays.stream(Reason.values())
                                  .map(Reason::code)
                                  .collect(Collectors.joining(", ")),
                              code)));
    }
  }
}
