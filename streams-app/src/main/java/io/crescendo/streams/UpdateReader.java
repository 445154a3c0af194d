package io.crescendo.streams;

import static io.crescendo.schemas.UpdateFields.DELETED;
import static io.crescendo.schemas.UpdateFields.FOLLOWERS;
import static io.crescendo.schemas.UpdateFields.GENRES;
import static io.crescendo.schemas.UpdateFields.ID;
import static io.crescendo.schemas.UpdateFields.NAME;
import static io.crescendo.schemas.UpdateFields.OBSERVED_AT;
import static io.crescendo.schemas.UpdateFields.POPULARITY;
import static io.crescendo.schemas.UpdateFields.SOURCE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.crescendo.schemas.Blanks;
import io.crescendo.schemas.Reason;
import io.crescendo.schemas.UpdateFields;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of one JSON object, and notes the first rule that each breaks.
 *
 * <p>A field that is null counts as absent. For one object; not for reuse.
 */
final class UpdateReader {

  static final int MAX_ID = 128;
  static final int MAX_NAME = 1_000;
  static final int MAX_GENRE = 200;
  static final int MAX_GENRES = 200;
  static final int MAX_SOURCE = 1_000;

  /** So that the followers of nine million artists still add up in a long. */
  static final long MAX_FOLLOWERS = 1_000_000_000_000L;

  static final int MAX_POPULARITY = 100;

  /** 9999-12-31T23:59:59.999Z, the last instant that ISO-8601 writes with a four-digit year. */
  static final long MAX_OBSERVED_AT = 253_402_300_799_999L;

  /**
   * Numbers from here to {@link UpdateFields#LEAST_MILLIS} are seconds since the epoch. Smaller
   * ones are times, as tools date files 0 or 1.
   */
  private static final long LEAST_SECONDS = 100_000_000L;

  private static final Instant LATEST = Instant.ofEpochMilli(MAX_OBSERVED_AT);

  private final JsonParser json;
  private final List<String> seen = new ArrayList<>(8);
  private Map<String, Problem> problems = Map.of();
  private int unknownFields;

  private String id;
  private String name;
  private List<String> genres = List.of();
  private Long followers;
  private Integer popularity;
  private Long observedAt;
  private String source;
  private boolean deleted;

  UpdateReader(JsonParser json) {
    this.json = json;
  }

  /**
   * Reads up to the end of the object that the parser stands at the start of.
   *
   * @throws IOException if it is not JSON
   */
  void readObject() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case ID -> id = text(field, MAX_ID);
        case NAME -> name = text(field, MAX_NAME);
        case GENRES -> genres = genreNames();
        case FOLLOWERS -> followers = wholeNumber(field, MAX_FOLLOWERS);
        case POPULARITY -> {
          Long number = wholeNumber(field, MAX_POPULARITY);
          popularity = number == null ? null : number.intValue();
        }
        case OBSERVED_AT -> observedAt = instant();
        case SOURCE -> source = text(field, MAX_SOURCE);
        case DELETED -> deleted = flag();
        default -> {
          unknownFields++;
          json.skipChildren();
          continue;
        }
      }
      if (!seen.contains(field)) {
        seen.add(field);
      } else {
        note(
            new Problem(
                Reason.NOT_JSON, field, null, "field '%s' must be given once".formatted(field)));
      }
    }
    if (id == null) {
      noteAbsent(ID);
    }
    if (!deleted && name == null) {
      noteAbsent(NAME);
    }
    if (!deleted && followers == null) {
      noteAbsent(FOLLOWERS);
    }
  }

  /** The first broken rule, in the order of the fields' importance; null for a valid object. */
  Problem problem() {
    if (problems.isEmpty()) {
      return null;
    }
    // Of an artist that is gone, nobody reads the figures; so whether it is comes before them.
    List<String> read =
        deleted
            ? List.of(ID, DELETED, OBSERVED_AT, SOURCE)
            : List.of(ID, DELETED, NAME, GENRES, FOLLOWERS, POPULARITY, OBSERVED_AT, SOURCE);
    return read.stream().map(problems::get).filter(p -> p != null).findFirst().orElse(null);
  }

  private String text(String field, int maxLength) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING) {
      return noteWrongType(field, Reason.NOT_A_STRING, "must be a string");
    }
    String given = json.getText();
    // Blanks around an id are no part of it, so that it equals the key of a deletion.
    String text = field.equals(ID) ? Blanks.strip(given) : given;
    if (Blanks.are(text)) {
      note(Problem.in(field, Reason.BLANK_FIELD, "must not be blank", given, true));
    } else if (tooLong(text, maxLength)) {
      note(lengthProblem(field, text, maxLength));
    } else if (Utf8.hasLoneSurrogate(text)) {
      note(surrogateProblem(field));
    }
    return text;
  }

  private Long wholeNumber(String field, long max) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_NUMBER_INT) {
      noteWrongType(field, Reason.NOT_A_WHOLE_NUMBER, "must be a whole number");
      return 0L;
    }
    // Text before value: a number of a million digits is long to convert, and out of range anyway.
    boolean huge = json.getTextLength() > 18;
    long number = huge ? -1 : json.getLongValue();
    if (number < 0 || number > max) {
      String rule = "must be 0 to " + max;
      note(Problem.in(field, Reason.OUT_OF_RANGE, rule, json.getText(), false));
    }
    return number;
  }

  private Long instant() throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return millis();
    }
    String rule = "must be an ISO-8601 date or date-time, or milliseconds since 1970";
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING) {
      noteWrongType(OBSERVED_AT, Reason.NOT_A_TIMESTAMP, rule);
      return null;
    }
    try {
      Instant instant = IsoTime.parse(json.getText().strip());
      // Before it becomes a number: that of the largest years is more than a long holds.
      if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
        String years = "must lie in the years 1970 to 9999";
        note(Problem.in(OBSERVED_AT, Reason.OUT_OF_RANGE, years, json.getText(), true));
        return null;
      }
      return instant.toEpochMilli();
    } catch (DateTimeException e) {
      note(Problem.in(OBSERVED_AT, Reason.NOT_A_TIMESTAMP, rule, json.getText(), true));
      return null;
    }
  }

  private Long millis() throws IOException {
    Long number = wholeNumber(OBSERVED_AT, MAX_OBSERVED_AT);
    if (number >= LEAST_SECONDS && number < UpdateFields.LEAST_MILLIS) {
      String rule = "must be milliseconds since 1970, not seconds";
      note(Problem.in(OBSERVED_AT, Reason.OUT_OF_RANGE, rule, json.getText(), false));
    }
    return number;
  }

  private boolean flag() throws IOException {
    JsonToken token = json.currentToken();
    if (!token.isBoolean() && token != JsonToken.VALUE_NULL) {
      noteWrongType(DELETED, Reason.NOT_A_BOOLEAN, "must be true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private List<String> genreNames() throws IOException {
    String rule = "must be a list of strings, or one string separated by ';' or ','";
    List<String> names = new ArrayList<>();
    switch (json.currentToken()) {
      case VALUE_NULL -> {}
      case VALUE_STRING -> names = GenreNames.split(json.getText());
      case START_ARRAY -> {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (json.currentToken() == JsonToken.VALUE_STRING) {
            names.add(json.getText());
          } else {
            noteWrongType(GENRES, Reason.NOT_A_LIST_OF_STRINGS, rule);
          }
        }
        names = GenreNames.normalised(names);
      }
      default -> noteWrongType(GENRES, Reason.NOT_A_LIST_OF_STRINGS, rule);
    }
    for (String genre : names) {
      if (tooLong(genre, MAX_GENRE)) {
        note(lengthProblem(GENRES, genre, MAX_GENRE));
      } else if (Utf8.hasLoneSurrogate(genre)) {
        note(surrogateProblem(GENRES));
      }
    }
    if (names.size() > MAX_GENRES) {
      String most = "must name at most " + MAX_GENRES + " genres";
      note(Problem.in(GENRES, Reason.TOO_LONG, most, Integer.toString(names.size()), false));
    }
    return names;
  }

  /** Notes a value of the wrong type, and leaves the parser at its end. */
  private String noteWrongType(String field, Reason reason, String rule) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> note(Problem.in(field, reason, rule, "an object", false));
      case START_ARRAY -> note(Problem.in(field, reason, rule, "an array", false));
      case VALUE_STRING -> note(Problem.in(field, reason, rule, json.getText(), true));
      default -> note(Problem.in(field, reason, rule, json.getText(), false));
    }
    json.skipChildren();
    return "";
  }

  private static boolean tooLong(String text, int maxLength) {
    return text.length() > maxLength && text.codePointCount(0, text.length()) > maxLength;
  }

  private static Problem lengthProblem(String field, String text, int maxLength) {
    return new Problem(
        Reason.TOO_LONG,
        field,
        text,
        "field '%s' must have at most %s characters, got %s"
            .formatted(field, maxLength, text.codePointCount(0, text.length())));
  }

  private static Problem surrogateProblem(String field) {
    return new Problem(
        Reason.INVALID_UTF8,
        field,
        null,
        "field '%s' must be text, got half of a surrogate pair".formatted(field));
  }

  private void noteAbsent(String field) {
    note(
        new Problem(
            Reason.MISSING_FIELD,
            field,
            null,
            "field '%s' is required, got none".formatted(field)));
  }

  private void note(Problem problem) {
    if (problems.isEmpty()) {
      problems = new LinkedHashMap<>();
    }
    problems.putIfAbsent(problem.field(), problem);
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  List<String> genres() {
    return genres;
  }

  long followers() {
    return followers;
  }

  Integer popularity() {
    return popularity;
  }

  Long observedAt() {
    return observedAt;
  }

  String source() {
    return source;
  }

  boolean deleted() {
    return deleted;
  }

  int unknownFields() {
    return unknownFields;
  }
}
