package io.crescendo.csv;

import io.crescendo.schemas.Blanks;
import io.crescendo.schemas.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The rules that turn the cells of a row into an artist. The first that is broken is reported. */
final class RowRules {

  static final int MAX_ID = 128;

  private static final int MAX_POPULARITY = 100;

  /** What the streams app takes, too. */
  private static final long MAX_FOLLOWERS = 1_000_000_000_000L;

  private final ColumnMapping columns;

  RowRules(ColumnMapping columns) {
    this.columns = columns;
  }

  /**
   * Reads a row.
   *
   * @param row as many cells as the header
   */
  ArtistRow apply(Row row) throws RuleBrokenException {
    return new ArtistRow(
        id(row), name(row), genres(row), followers(row), popularity(row), observedAt(row));
  }

  /** The row's id if it has a usable one, else null; for rows that are rejected. */
  String idIfKnown(Row row) {
    try {
      return id(row);
    } catch (RuleBrokenException e) {
      return null;
    }
  }

  private String id(Row row) throws RuleBrokenException {
    if (columns.idFromName()) {
      return ArtistId.fromName(name(row));
    }
    String cell = columns.cell(row, Column.ID);
    String id = ArtistId.in(cell);
    if (MissingValue.is(id)) {
      throw broken(Reason.BLANK_FIELD, Column.ID, "must not be blank", cell);
    }
    if (id.length() > MAX_ID) {
      throw broken(Reason.TOO_LONG, Column.ID, "must have at most 128 characters", cell);
    }
    return id;
  }

  private String name(Row row) throws RuleBrokenException {
    String cell = columns.cell(row, Column.NAME);
    if (Blanks.are(cell)) {
      throw broken(Reason.BLANK_FIELD, Column.NAME, "must not be blank", cell);
    }
    if (SpreadsheetDamage.isInName(cell)) {
      throw broken(
          Reason.NOT_A_STRING,
          Column.NAME,
          "must be a name, not what a spreadsheet made of one",
          cell);
    }
    return cell;
  }

  private List<String> genres(Row row) throws RuleBrokenException {
    if (columns.spreadsGenres()) {
      return spreadGenres(row);
    }
    String cell = columns.cell(row, Column.GENRES);
    return GenreCell.parse(cell)
        .orElseThrow(
            () ->
                broken(
                    Reason.NOT_A_LIST_OF_STRINGS,
                    Column.GENRES,
                    "must be a list of strings such as ['pop', 'rap']",
                    cell));
  }

  private List<String> spreadGenres(Row row) throws RuleBrokenException {
    List<String> genres = new ArrayList<>();
    for (String cell : columns.genreCells(row)) {
      String genre = GenreCell.one(cell);
      if (genre != null) {
        if (GenreCell.isNoGenre(genre)) {
          throw broken(
              Reason.NOT_A_LIST_OF_STRINGS,
              Column.GENRES,
              "and those that follow it must hold a genre each",
              cell);
        }
        genres.add(genre);
      }
    }
    return List.copyOf(genres);
  }

  private long followers(Row row) throws RuleBrokenException {
    String cell = columns.cell(row, Column.FOLLOWERS);
    String number = FollowerCell.number(cell.strip());
    if (MissingValue.is(number)) {
      throw broken(Reason.BLANK_FIELD, Column.FOLLOWERS, "must not be blank", cell);
    }
    if (FollowerCell.mayBeThousands(number)) {
      throw broken(
          Reason.NOT_A_WHOLE_NUMBER,
          Column.FOLLOWERS,
          "must be a whole number without a point that may part thousands",
          cell);
    }
    return wholeNumber(
        Column.FOLLOWERS, number, cell, MAX_FOLLOWERS, "must be from 0 to 1000000000000");
  }

  private Integer popularity(Row row) throws RuleBrokenException {
    String cell = columns.cell(row, Column.POPULARITY);
    String number = cell.strip();
    if (MissingValue.is(number)) {
      return null;
    }
    return (int)
        wholeNumber(Column.POPULARITY, number, cell, MAX_POPULARITY, "must be from 0 to 100");
  }

  private Instant observedAt(Row row) throws RuleBrokenException {
    if (!columns.has(Column.OBSERVED_AT)) {
      return null;
    }
    String cell = columns.cell(row, Column.OBSERVED_AT);
    if (MissingValue.is(cell.strip())) {
      return null;
    }
    Instant instant = ObservationTime.parse(cell.strip());
    if (instant == null) {
      throw broken(
          Reason.NOT_A_TIMESTAMP,
          Column.OBSERVED_AT,
          "must be a time such as 2026-01-31T00:00:00Z",
          cell);
    }
    return instant;
  }

  private long wholeNumber(Column column, String text, String cell, long most, String range)
      throws RuleBrokenException {
    if (!WholeNumber.isOne(text)) {
      throw broken(Reason.NOT_A_WHOLE_NUMBER, column, "must be a whole number", cell);
    }
    OptionalLong number = WholeNumber.parse(text);
    if (number.isEmpty() || number.getAsLong() < 0 || number.getAsLong() > most) {
      throw broken(Reason.OUT_OF_RANGE, column, range, cell);
    }
    return number.getAsLong();
  }

  private RuleBrokenException broken(Reason reason, Column column, String rule, String cell) {
    return RuleBrokenException.cell(reason, columns.header(column), rule, cell);
  }
}
