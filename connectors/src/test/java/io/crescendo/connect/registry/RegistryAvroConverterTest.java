package io.crescendo.connect.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.crescendo.connect.s3.parquet.AvroRowTypes;
import io.crescendo.connect.s3.parquet.BadRowException;
import io.crescendo.connect.s3.parquet.Compatibility;
import io.crescendo.connect.s3.parquet.RowType;
import io.crescendo.registry.ConfluentFraming;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryAvroConverterTest {

  private static final int ID = 7;
  private static final Schema SCHEMA =
      SchemaBuilder.record("A").fields().requiredString("name").requiredLong("n").endRecord();

  private static final int NEWER_ID = 9;
  private static final Schema NEWER =
      SchemaBuilder.record("A")
          .fields()
          .requiredString("name")
          .requiredLong("n")
          .optionalString("label")
          .endRecord();

  /**
   * With a default that is none of its type, which registries took from clients that do not look.
   */
  private static final int CARELESS_ID = 11;

  private static final Schema CARELESS =
      new Schema.Parser()
          .setValidateDefaults(false)
          .parse(
              """
              {"type": "record", "name": "A", "fields": [
                {"name": "name", "type": "string"},
                {"name": "n", "type": "long", "default": "null"}]}""");
  private static final Map<String, Schema> SCHEMAS =
      Map.of(
          "/schemas/ids/" + ID, SCHEMA,
          "/schemas/ids/" + NEWER_ID, NEWER,
          "/schemas/ids/" + CARELESS_ID, CARELESS);

  private final RegistryAvroConverter converter = new RegistryAvroConverter();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer registry;

  /** What is answered to everything, if anything. */
  private volatile Refusal refusal;

  private record Refusal(int status, String body) {}

  @BeforeEach
  void start() throws Exception {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          Schema schema = SCHEMAS.get(exchange.getRequestURI().getPath());
          boolean known = schema != null;
          byte[] body =
              new ObjectMapper()
                  .writeValueAsString(
                      known ? Map.of("schema", schema.toString()) : Map.of("error_code", 40403))
                  .getBytes(StandardCharsets.UTF_8);
          if (refusal != null) {
            body = refusal.body().getBytes(StandardCharsets.UTF_8);
          }
          int status = known ? 200 : 404;
          exchange.sendResponseHeaders(refusal == null ? status : refusal.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
    converter.configure(
        Map.of(
            "schema.registry.url",
            "http://127.0.0.1:" + registry.getAddress().getPort(),
            "schema.registry.timeout.ms",
            "1"),
        false);
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void makesOfConfluentsFormatSingleObjectsThatOthersCanRead() throws Exception {
    SchemaAndValue converted = converter.toConnectData("t", framed(ID, "Ada", 5));
    GenericRecord read =
        new BinaryMessageDecoder<GenericRecord>(GenericData.get(), SCHEMA)
            .decode((byte[]) converted.value());
    assertThat(read.get("name")).hasToString("Ada");
    assertThat(read.get("n")).isEqualTo(5L);
  }

  @Test
  void bringsTheSchemaSoThatTheSinkNeedsNoFileOfIt() throws Exception {
    AvroRowTypes types = new AvroRowTypes(List.of());
    SchemaAndValue converted = converter.toConnectData("t", framed(ID, "Ada", 5));
    RowType type = types.of(converted.schema(), converted.value());
    type.check(converted.value());
    assertThat(type.columns().containsPath(new String[] {"name"})).isTrue();
    assertThat(type.columns().containsPath(new String[] {"n"})).isTrue();
    SchemaAndValue next = converter.toConnectData("t", framed(ID, "Bob", 6));
    assertThat(types.of(next.schema(), next.value())).isSameAs(type);
  }

  @Test
  void readsRecordsOfASchemaWhoseDefaultIsNoValueOfItsType() throws Exception {
    AvroRowTypes types = new AvroRowTypes(List.of());
    SchemaAndValue converted = converter.toConnectData("t", framed(CARELESS_ID, "Ada", 5));
    RowType type = types.of(converted.schema(), converted.value());
    type.check(converted.value());
    assertThat(type.field("n").read(converted.value())).isEqualTo(5L);
    // A row without the field has no value for it, and stays in a file of its own schema.
    Schema first = SchemaBuilder.record("A").fields().requiredString("name").endRecord();
    GenericRecord row = new GenericData.Record(first);
    row.put("name", "Ada");
    RowType older = new AvroRowTypes(List.of(first)).of(null, singleObject(row));
    assertThatThrownBy(() -> type.project(singleObject(row), older))
        .isInstanceOf(BadRowException.class);
  }

  /** Else the rows of the second would lose their new columns in the files of the first. */
  @Test
  void saysWhichSchemaIsNewerThoughItsRecordsComeFirst() throws Exception {
    AvroRowTypes types = new AvroRowTypes(List.of());
    RowType newer = type(types, NEWER_ID);
    RowType older = type(types, ID);
    assertThat(Compatibility.BACKWARD.prefers(newer, older)).isTrue();
    assertThat(Compatibility.BACKWARD.prefers(older, newer)).isFalse();
    assertThat(Compatibility.FORWARD.prefers(older, newer)).isTrue();
  }

  @Test
  void takesListedSchemasForOlderAndTellsThemByWhatTheySay() throws Exception {
    Schema first = SchemaBuilder.record("A").fields().requiredString("name").endRecord();
    AvroRowTypes types = new AvroRowTypes(List.of(first, SCHEMA));
    RowType newer = type(types, NEWER_ID);
    RowType listed = type(types, ID);
    GenericRecord row = new GenericData.Record(first);
    row.put("name", "Ada");
    RowType oldest = types.of(null, singleObject(row));
    assertThat(Compatibility.BACKWARD.prefers(newer, listed)).isTrue();
    assertThat(Compatibility.BACKWARD.prefers(listed, oldest)).isTrue();
    assertThat(types.of(null, singleObject(row("Ada", 5)))).isSameAs(listed);
  }

  private RowType type(AvroRowTypes types, int id) throws Exception {
    SchemaAndValue converted = converter.toConnectData("t", framed(id, "Ada", 5));
    return types.of(converted.schema(), converted.value());
  }

  private static byte[] singleObject(GenericRecord row) throws Exception {
    ByteBuffer encoded =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), row.getSchema()).encode(row);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  @Test
  void asksForASchemaOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      converter.toConnectData("t", framed(ID, "Ada", i));
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void passesSingleObjectsAndTombstonesAsTheyAre() throws Exception {
    byte[] bytes = singleObject(row("Ada", 5));
    assertThat(converter.toConnectData("t", bytes).value()).isSameAs(bytes);
    assertThat(converter.toConnectData("t", null).value()).isNull();
    assertThat(asked).hasValue(0);
  }

  @Test
  void saysWhatIsWrongWithOtherBytes() throws Exception {
    assertThatThrownBy(
            () -> converter.toConnectData("t", "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Value of a record in t must be in Confluent's wire format, which starts with 00 and a"
                + " schema id; got 7 bytes starting with 7B");
    assertThatThrownBy(() -> converter.toConnectData("t", new byte[0]))
        .isInstanceOf(DataException.class);
    byte[] unknown = framed(99, "Ada", 5);
    assertThatThrownBy(() -> converter.toConnectData("t", unknown))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("/schemas/ids/99 with status 404");
  }

  /** Connect takes every exception of a converter for a bad record, whatever is the matter. */
  @ParameterizedTest
  @CsvSource({
    "401, {}, check its user info",
    "403, {}, check its user info",
    "404, {}, with status 404",
    "302, '', with status 302",
    "500, {}, did not answer /schemas/ids/7 within PT0.001S: status 500",
    "501, {}, with status 501",
    "503, <html>, did not answer",
    "200, <html>, is the address right?",
    "200, '{\"status\":\"UP\"}', is the address right?"
  })
  void failsTheTaskAndNotTheRecordWhereTheRegistryIsAtFault(int status, String body, String problem)
      throws Exception {
    refusal = new Refusal(status, body);
    byte[] bytes = framed(ID, "Ada", 5);
    assertThatThrownBy(() -> converter.toConnectData("t", bytes))
        .isInstanceOf(RegistryError.class)
        .hasMessageStartingWith("A record in t cannot be read: Schema registry ")
        .hasMessageContaining(problem)
        .hasMessageEndingWith("; the task stops, and nothing is lost");
    refusal = null;
    assertThat(converter.toConnectData("t", bytes).value()).isNotNull();
  }

  @Test
  void failsTheTaskAndNotTheRecordWhereNothingAnswers() throws Exception {
    stop();
    byte[] bytes = framed(ID, "Ada", 5);
    assertThatThrownBy(() -> converter.toConnectData("t", bytes))
        .isInstanceOf(RegistryError.class)
        .hasMessageContaining("did not answer /schemas/ids/7 within PT0.001S");
  }

  @Test
  void waitsForTheRegistryHalfAMinuteUnlessToldOtherwise() {
    assertThat(RegistryKeys.settings(Map.of("schema.registry.url", "http://a")).patience())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(
            RegistryKeys.settings(
                    Map.of("schema.registry.url", "http://a", "schema.registry.timeout.ms", "5"))
                .patience())
        .isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void takesTheKeysOfConfluentsConverterThatChangeNothingHere() {
    Map<String, String> confluent = new HashMap<>();
    confluent.put("schema.registry.url", "http://a");
    confluent.put("basic.auth.credentials.source", "USER_INFO");
    confluent.put("schema.registry.basic.auth.user.info", "me:hunter2");
    confluent.put("enhanced.avro.schema.support", "true");
    confluent.put("connect.meta.data", "false");
    confluent.put("auto.register.schemas", "false");
    confluent.put("schemas.enable", "true");
    confluent.put("value.subject.name.strategy", "io.confluent.TopicRecordNameStrategy");
    assertThat(RegistryKeys.settings(confluent).userInfo()).contains("me:hunter2");
    confluent.put("basic.auth.user.info", "me:hunter3");
    assertThat(RegistryKeys.settings(confluent).userInfo()).contains("me:hunter3");
  }

  @Test
  void refusesUnknownKeysAndDoesNotRepeatAPassword() {
    assertThatThrownBy(
            () ->
                new RegistryAvroConverter()
                    .configure(
                        Map.of("schema.registry.url", "http://a", "schema.registri", "x"), false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registri: no key of this converter, whose keys are");
    assertThatThrownBy(
            () ->
                new RegistryAvroConverter()
                    .configure(Map.of("schema.registry.url", "http://me:hunter2@a"), false))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains("schema.registry.url: ")
        .doesNotContain("hunter2");
  }

  @Test
  void takesTheVersionThatItsWorkerWasToldToLoad() {
    new RegistryAvroConverter()
        .configure(Map.of("schema.registry.url", "http://a", "plugin.version", "[0.1,)"), false);
  }

  @Test
  void isFoundByItsServiceFile() {
    assertThat(ServiceLoader.load(Converter.class).stream().map(ServiceLoader.Provider::type))
        .contains(RegistryAvroConverter.class);
  }

  private static byte[] framed(int id, String name, long n) throws Exception {
    return ConfluentFraming.framed(
        id, new RawMessageEncoder<GenericRecord>(GenericData.get(), SCHEMA).encode(row(name, n)));
  }

  private static GenericRecord row(String name, long n) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("name", name);
    row.put("n", n);
    return row;
  }
}
