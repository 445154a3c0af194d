package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.crescendo.schemas.Reason;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateParserTest {

  private static final Origin ORIGIN = new Origin(2, 118, 1_700_000_000_000L);

  private final UpdateParser parser = new UpdateParser();

  @Test
  void readsEveryField() {
    Update update =
        accepted(
            """
            {"id":"x1","name":" X ","genres":["Pop"," dance POP ","pop",""],"followers":5,
             "popularity":100,"observed_at":"2024-02-29T12:00:00+01:00","source":"a.csv:118"}""");
    assertThat(update.id()).isEqualTo("x1");
    assertThat(update.name()).isEqualTo(" X ");
    assertThat(update.genres()).containsExactly("pop", "dance pop");
    assertThat(update.followers()).isEqualTo(5);
    assertThat(update.popularity()).isEqualTo(100);
    assertThat(update.observedAt()).isEqualTo(1_709_204_400_000L);
    assertThat(update.observedAtStated()).isTrue();
    assertThat(update.source()).isEqualTo("a.csv:118");
    assertThat(update.deleted()).isFalse();
    assertThat(update.origin()).isEqualTo(ORIGIN);
  }

  @Test
  void fillsInWhatIsOptional() {
    Update update =
        accepted(
            "{\"id\":\"x1\",\"name\":\"X\",\"followers\":0,\"popularity\":null,\"extra\":[{}]}");
    assertThat(update.genres()).isEmpty();
    assertThat(update.popularity()).isNull();
    assertThat(update.source()).isNull();
    assertThat(update.observedAt()).isEqualTo(ORIGIN.timestamp());
    assertThat(update.observedAtStated()).isFalse();
  }

  @Test
  void countsFieldsThatNobodyReads() {
    Parsed parsed =
        parse(null, "{\"a\":{\"id\":3},\"id\":\"x\",\"name\":\"X\",\"b\":1,\"followers\":1}");
    assertThat(parsed)
        .asInstanceOf(type(Parsed.Accepted.class))
        .returns(2, Parsed.Accepted::unknownFields);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"pop; Dance Pop\"|pop,dance pop",
        "\"pop, rock\"|pop,rock",
        "\"rhythm, and blues; pop\"|rhythm, and blues,pop",
        "\"\"|''",
        "null|''",
        "[\"a\\u0000b\"]|a b",
        "[\"dance pop\",\"dance  pop\",\"dance\\u00a0pop\",\"dance \\t pop\"]|dance pop",
        "[\"\\u00a0pop\\u202f\",\"\\ufeffpop\",\"pop\\u3000\",\"\\u200b\"]|pop",
        "[\"m\\u00fasica\",\"MU\\u0301SICA\"]|m\u00fasica",
        "[\"I\",\"\\u0130\"]|i,i\u0307"
      })
  void readsGenresFromAListOrOneString(String json, String genres) {
    Update update =
        accepted("{\"id\":\"x\",\"name\":\"X\",\"followers\":1,\"genres\":%s}".formatted(json));
    assertThat(String.join(",", update.genres())).isEqualTo(genres);
  }

  /** Small ones, too: some tools give every file that they write the modification time 0 or 1. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1_000, 99_999_999, 100_000_000_000L, 1_700_000_000_123L})
  void readsEpochMilliseconds(long millis) {
    assertThat(accepted(with("\"observed_at\":" + millis)).observedAt()).isEqualTo(millis);
  }

  @Test
  void readsTimesAsIsoWritesThem() {
    assertThat(accepted(with("\"observed_at\":\" 2026-01-31T13:00:00+0100 \"")).observedAt())
        .isEqualTo(1_769_860_800_000L);
    assertThat(accepted(with("\"observed_at\":\"2026-01-31\"")).observedAt())
        .isEqualTo(1_769_817_600_000L);
  }

  @Test
  void takesATombstoneForADeletion() {
    Parsed parsed = parser.parse("x1".getBytes(UTF_8), null, ORIGIN);
    Update update = ((Parsed.Accepted) parsed).update();
    assertThat(update.id()).isEqualTo("x1");
    assertThat(update.deleted()).isTrue();
    assertThat(update.observedAt()).isEqualTo(ORIGIN.timestamp());
    assertThat(update.keyBytes()).isEqualTo("x1".getBytes(UTF_8));
    assertThat(update.valueBytes()).isNull();
  }

  @Test
  void asksNoFiguresOfADeletion() {
    Update update = accepted("{\"id\":\"x1\",\"deleted\":true,\"followers\":\"many\"}");
    assertThat(update.deleted()).isTrue();
    assertThat(update.valueBytes()).isNotNull();
  }

  @Test
  void takesAnEmptyKeyForNone() {
    assertThat(parser.parse(new byte[0], with("\"popularity\":1").getBytes(UTF_8), ORIGIN))
        .isInstanceOf(Parsed.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "garbage|not_json||the value must be one JSON object, got 'garbage'",
        "``|not_json||the value must be one JSON object, got ''",
        "{\"id\":\"x\"|not_json||the value must be one JSON object, got '{\"id\":\"x\"'",
        "{} {}|not_json||the value must be one JSON object, got '{} {}'",
        "[1] x|not_json||the value must be one JSON object, got '[1] x'",
        "[1]|not_an_object||the value must be a JSON object, got an array",
        "12|not_an_object||the value must be a JSON object, got a number",
        "\"x\"|not_an_object||the value must be a JSON object, got a string",
        "null|not_an_object||the value must be a JSON object, got null",
        "{\"name\":\"X\",\"followers\":1}|missing_field|id|field 'id' is required, got none",
        "{\"id\":\"x\",\"followers\":1}|missing_field|name|field 'name' is required, got none",
        "{\"id\":\"x\",\"name\":\"X\"}|missing_field|followers|field 'followers' is required, got none",
        "{\"id\":\"x\",\"deleted\":\"true\"}|not_a_boolean|deleted|field 'deleted' must be true or false, got 'true'",
        "{\"deleted\":true}|missing_field|id|field 'id' is required, got none",
        "{\"id\":\" \"}|blank_field|id|field 'id' must not be blank, got ' '",
        "{\"id\":\"\\u200b\"}|blank_field|id|field 'id' must not be blank, got '\u200b'",
        "{\"id\":\"\\u2007\"}|blank_field|id|field 'id' must not be blank, got '\u2007'",
        "{\"id\":12}|not_a_string|id|field 'id' must be a string, got 12",
        "{\"id\":{\"a\":1}}|not_a_string|id|field 'id' must be a string, got an object",
      })
  void namesTheRuleOfTheWholeRecord(String json, String reason, String field, String text) {
    Problem problem = problem(json);
    assertThat(problem.reason().code()).isEqualTo(reason);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"followers\":\"12,50\"|not_a_whole_number|12,50|must be a whole number, got '12,50'",
        "\"followers\":12.5|not_a_whole_number|12.5|must be a whole number, got 12.5",
        "\"followers\":[1]|not_a_whole_number|an array|must be a whole number, got an array",
        "\"followers\":-1|out_of_range|-1|must be 0 to 1000000000000, got -1",
        "\"followers\":99999999999999999999|out_of_range|99999999999999999999|must be 0 to 1000000000000, got 99999999999999999999",
        "\"popularity\":101|out_of_range|101|must be 0 to 100, got 101",
        "\"popularity\":true|not_a_whole_number|true|must be a whole number, got true",
        "\"genres\":7|not_a_list_of_strings|7|must be a list of strings, or one string separated by ';' or ',', got 7",
        "\"genres\":[\"a\",[]]|not_a_list_of_strings|an array|must be a list of strings, or one string separated by ';' or ',', got an array",
        "\"observed_at\":\"yesterday\"|not_a_timestamp|yesterday|must be an ISO-8601 date or date-time, or milliseconds since 1970, got 'yesterday'",
        "\"observed_at\":1.5|not_a_timestamp|1.5|must be an ISO-8601 date or date-time, or milliseconds since 1970, got 1.5",
        "\"observed_at\":\"-999999999-01-01T00:00:00Z\"|out_of_range|-999999999-01-01T00:00:00Z|must lie in the years 1970 to 9999, got '-999999999-01-01T00:00:00Z'",
        "\"observed_at\":\"+999999999-12-31T00:00:00Z\"|out_of_range|+999999999-12-31T00:00:00Z|must lie in the years 1970 to 9999, got '+999999999-12-31T00:00:00Z'",
        "\"observed_at\":\"2026-02-30\"|not_a_timestamp|2026-02-30|must be an ISO-8601 date or date-time, or milliseconds since 1970, got '2026-02-30'",
        "\"observed_at\":1700000000|out_of_range|1700000000|must be milliseconds since 1970, not seconds, got 1700000000",
        "\"observed_at\":99999999999|out_of_range|99999999999|must be milliseconds since 1970, not seconds, got 99999999999",
        "\"observed_at\":100000000|out_of_range|100000000|must be milliseconds since 1970, not seconds, got 100000000",
        "\"observed_at\":-5|out_of_range|-5|must be 0 to 253402300799999, got -5",
        "\"observed_at\":\"1969-12-31T23:59:59Z\"|out_of_range|1969-12-31T23:59:59Z|must lie in the years 1970 to 9999, got '1969-12-31T23:59:59Z'",
        "\"deleted\":\"yes\"|not_a_boolean|yes|must be true or false, got 'yes'",
        "\"source\":5|not_a_string|5|must be a string, got 5",
        "\"name\":\"\"|blank_field|``|must not be blank, got ''",
        "\"name\":\"\\ud800\"|invalid_utf8||must be text, got half of a surrogate pair",
      })
  void namesFieldRuleAndValue(String json, String reason, String value, String text) {
    Problem problem = problem(with(json));
    String field = json.substring(1, json.indexOf('"', 1));
    assertThat(problem.reason().code()).isEqualTo(reason);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.value()).isEqualTo(value);
    assertThat(problem.text()).isEqualTo("field '%s' %s".formatted(field, text));
  }

  @ParameterizedTest
  @CsvSource({"id,128", "name,1000", "source,1000"})
  void limitsTheLengthOfTexts(String field, int most) {
    String fits = "🎵" + "a".repeat(most - 1);
    assertThat(parse(null, with("\"%s\":\"%s\"".formatted(field, fits))))
        .isInstanceOf(Parsed.Accepted.class);
    Problem problem = problem(with("\"%s\":\"%sb\"".formatted(field, fits)));
    assertThat(problem.reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(problem.text())
        .isEqualTo(
            "field '%s' must have at most %d characters, got %d".formatted(field, most, most + 1));
  }

  /** Blanks around an id are no part of it, neither in a value nor in the key of a deletion. */
  @Test
  void limitsTheLengthOfAnIdWithoutTheBlanksAroundIt() {
    String id = "i".repeat(128);
    String around = "\u00a0 " + id + "\t\ufeff";
    assertThat(accepted(with("\"id\":\"\u00a0 %s\\t\ufeff\"".formatted(id))).id()).isEqualTo(id);
    assertThat(parser.parse(around.getBytes(UTF_8), null, ORIGIN))
        .asInstanceOf(type(Parsed.Accepted.class))
        .returns(id, parsed -> parsed.update().id());
    Problem problem = problem(with("\"id\":\"  %si \"".formatted(id)));
    assertThat(problem.text()).isEqualTo("field 'id' must have at most 128 characters, got 129");
    assertThat(problem.value()).isEqualTo(id + "i");
  }

  @Test
  void limitsGenres() {
    assertThat(problem(with("\"genres\":[\"%s\"]".formatted("a".repeat(201)))).text())
        .isEqualTo("field 'genres' must have at most 200 characters, got 201");
    List<String> many =
        java.util.stream.IntStream.range(0, 201).mapToObj(i -> "\"g" + i + "\"").toList();
    assertThat(problem(with("\"genres\":" + many)).text())
        .isEqualTo("field 'genres' must name at most 200 genres, got 201");
  }

  @Test
  void refusesAFieldGivenTwice() {
    assertThat(problem("{\"id\":\"x\",\"name\":\"X\",\"followers\":1,\"followers\":2}"))
        .isEqualTo(
            new Problem(
                Reason.NOT_JSON, "followers", null, "field 'followers' must be given once"));
  }

  @Test
  void refusesAnIdThatContradictsTheKey() {
    Parsed parsed = parse("other", with("\"source\":\"a.csv:3\""));
    assertThat(parsed)
        .isEqualTo(
            new Parsed.Rejected(
                new Problem(
                    Reason.KEY_MISMATCH,
                    "id",
                    "x",
                    "field 'id' must equal the record's key 'other', got 'x'"),
                "a.csv:3"));
  }

  @Test
  void refusesATombstoneWithoutKey() {
    assertThat(((Parsed.Rejected) parser.parse(null, null, ORIGIN)).problem())
        .isEqualTo(
            new Problem(
                Reason.MISSING_FIELD,
                "id",
                null,
                "a record without a value deletes the artist in its key, got no key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' '|blank_field|the key must not be blank where there is no value",
        "'\u00a0'|blank_field|the key must not be blank where there is no value",
        "kkkk|too_long|the key must have at most 128 characters where there is no value, got 400"
      })
  void refusesATombstoneWhoseKeyIsNoId(String key, String reason, String text) {
    byte[] bytes = (key.equals("kkkk") ? key.repeat(100) : key).getBytes(UTF_8);
    Problem problem = ((Parsed.Rejected) parser.parse(bytes, null, ORIGIN)).problem();
    assertThat(problem.reason().code()).isEqualTo(reason);
    assertThat(problem.field()).isEqualTo("key");
    assertThat(problem.text()).isEqualTo(text);
  }

  @Test
  void refusesAKeyThatBlanksMakeLargerThanARecordMayBe() {
    byte[] key = ("x1" + " ".repeat(5_000)).getBytes(UTF_8);
    for (byte[] value : new byte[][] {null, with("\"popularity\":1").getBytes(UTF_8)}) {
      Problem problem = ((Parsed.Rejected) parser.parse(key, value, ORIGIN)).problem();
      assertThat(problem.reason()).isEqualTo(Reason.TOO_LONG);
      assertThat(problem.text()).isEqualTo("the key must have at most 4096 bytes, got 5002");
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] value = with("\"source\":\"a?b\"").getBytes(UTF_8);
    int at = new String(value, UTF_8).indexOf('?');
    value[at] = (byte) 0xC3;
    Problem problem = ((Parsed.Rejected) parser.parse(null, value, ORIGIN)).problem();
    assertThat(problem.reason()).isEqualTo(Reason.INVALID_UTF8);
    assertThat(problem.text()).isEqualTo("the value must be UTF-8, its byte " + at + " is not");
    byte[] key = {'a', (byte) 0xFF};
    assertThat(((Parsed.Rejected) parser.parse(key, null, ORIGIN)).problem().text())
        .isEqualTo("the key must be UTF-8, its byte 1 is not");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
  void refusesOtherEncodings(String charset) {
    byte[] value = with("\"popularity\":1").getBytes(java.nio.charset.Charset.forName(charset));
    assertThat(((Parsed.Rejected) parser.parse(null, value, ORIGIN)).problem().reason())
        .isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void refusesAValueOfAMegabyteWithoutReadingIt() {
    byte[] value = new byte[1_000_000];
    Arrays.fill(value, (byte) 'x');
    Problem problem = ((Parsed.Rejected) parser.parse(null, value, ORIGIN)).problem();
    assertThat(problem.reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(problem.text()).isEqualTo("the value must have at most 262144 bytes, got 1000000");
    assertThat(problem.value()).hasSize(200).startsWith("xxx").endsWith("…");
  }

  @Test
  void survivesDeepNestingAndNumbersOfManyDigits() {
    assertThat(problem("[".repeat(200_000)).reason()).isEqualTo(Reason.NOT_JSON);
    assertThat(problem(with("\"followers\":" + "9".repeat(200_000))).reason())
        .isEqualTo(Reason.OUT_OF_RANGE);
    assertThat(problem(with("\"followers\":1e999999999")).reason())
        .isEqualTo(Reason.NOT_A_WHOLE_NUMBER);
  }

  @Property(tries = 2_000)
  void answersWhateverTheBytes(@ForAll byte[] key, @ForAll byte[] value) {
    assertThat(parser.parse(key, value, ORIGIN)).isNotNull();
    assertThat(parser.parse(key, null, ORIGIN)).isNotNull();
  }

  @Property(tries = 2_000)
  void answersWhateverOneByteBecomes(@ForAll @IntRange(max = 200) int at, @ForAll byte becomes) {
    byte[] value =
        with("\"genres\":[\"a\",\"b\"],\"popularity\":7,\"observed_at\":\"2024-01-01T00:00:00Z\"")
            .getBytes(UTF_8);
    value[at % value.length] = becomes;
    assertThat(parser.parse("x".getBytes(UTF_8), value, ORIGIN)).isNotNull();
  }

  /** A valid object with a field added or replaced. */
  private static String with(String field) {
    StringBuilder json = new StringBuilder("{");
    for (String given : List.of("\"id\":\"x\"", "\"name\":\"X\"", "\"followers\":1")) {
      if (!field.startsWith(given.substring(0, given.indexOf(':') + 1))) {
        json.append(given).append(',');
      }
    }
    return json.append(field).append('}').toString();
  }

  private Parsed parse(String key, String json) {
    return parser.parse(key == null ? null : key.getBytes(UTF_8), json.getBytes(UTF_8), ORIGIN);
  }

  private Update accepted(String json) {
    return ((Parsed.Accepted) parse(null, json)).update();
  }

  private Problem problem(String json) {
    return ((Parsed.Rejected) parse(null, json)).problem();
  }
}
