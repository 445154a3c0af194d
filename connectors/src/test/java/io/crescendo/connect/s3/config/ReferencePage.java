package io.crescendo.connect.s3.config;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Renders the page of all keys from what defines them. */
final class ReferencePage {

  private static final String HEAD =
      """
      # Configuration of the S3 Parquet sink

      Every key of `io.crescendo.connect.s3.S3ParquetSinkConnector`, generated from the code; the keys that every
      connector has (`name`, `topics`, `tasks.max`, converters, `errors.*`, ...) are Kafka Connect's. Keys, defaults and
      meanings are those of Confluent's S3 sink wherever both have the feature; the rest of its keys are at the end. A key
      that is none of these is an error, which names the nearest one.
      """;

  private static final String CONFLUENTS =
      """

      ## Keys of Confluent's sink without effect

      They may stay in a configuration that moves here. The connector warns of those that it finds; a value other than
      those below is an error.

      | key | values | why |
      |---|---|---|
      """;

  private ReferencePage() {}

  static String render() {
    StringBuilder page = new StringBuilder(HEAD);
    SinkConfig.SECTIONS.forEach(
        (title, section) -> {
          ConfigDef keys = new ConfigDef();
          section.accept(keys);
          page.append("\n## ").append(title).append("\n");
          keys.names().forEach(name -> append(page, keys.configKeys().get(name)));
        });
    page.append(CONFLUENTS);
    ConfluentKeys.WITHOUT_EFFECT.forEach(
        (key, reason) -> page.append("| `%s` | any | %s |\n".formatted(key, reason)));
    new TreeMap<>(ConfluentKeys.REFUSED)
        .forEach(
            (key, refused) ->
                page.append(
                    "| `%s` | `%s` | %s |\n".formatted(key, refused.harmless(), refused.reason())));
    return page.toString();
  }

  private static void append(StringBuilder page, ConfigKey key) {
    page.append("\n### `").append(key.name).append("`\n\n");
    page.append(key.documentation.strip()).append("\n\n");
    page.append("- type: ").append(key.type.name().toLowerCase(java.util.Locale.ROOT)).append('\n');
    page.append("- default: ").append(shownDefault(key)).append('\n');
    if (key.validator != null) {
      page.append("- valid: ").append(key.validator).append('\n');
    }
    page.append("- importance: ").append(key.importance.name().toLowerCase(java.util.Locale.ROOT));
    page.append('\n');
  }

  private static String shownDefault(ConfigKey key) {
    if (!key.hasDefault()) {
      return "none; must be set";
    }
    Object value = key.defaultValue;
    boolean nothing =
        value == null
            || key.type == ConfigDef.Type.PASSWORD
            || value.equals("")
            || value instanceof List<?> list && list.isEmpty();
    return nothing ? "blank" : "`" + ConfigDef.convertToString(value, key.type) + "`";
  }

  /** Lines of a page, for a comparison that shows which differ. */
  static List<String> lines(String page) {
    return Arrays.asList(page.split("\n", -1));
  }
}
