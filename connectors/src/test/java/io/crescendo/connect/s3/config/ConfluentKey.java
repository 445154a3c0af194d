package io.crescendo.connect.s3.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key of Confluent's S3 sink, as its documentation describes it.
 *
 * @param name such as {@code flush.size}
 * @param type as Kafka names it: string, int, long, boolean, list, class or password
 * @param standard its default; {@code -} where it has none
 * @param legal names or a range {@code low..high}; empty for any
 */
record ConfluentKey(String name, String type, String standard, String legal) {

  private static final String FILE = "/confluent-s3-sink-keys.csv";

  /** All of them by name. */
  static Map<String, ConfluentKey> all() throws IOException {
    Map<String, ConfluentKey> keys = new LinkedHashMap<>();
    try (var in = ConfluentKey.class.getResourceAsStream(FILE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 4) {
          throw new IllegalStateException("%s: '%s' must have four cells".formatted(FILE, line));
        }
        ConfluentKey key = new ConfluentKey(cells[0], cells[1], cells[2], cells[3]);
        if (keys.put(key.name(), key) != null) {
          throw new IllegalStateException("%s: '%s' is there twice".formatted(FILE, cells[0]));
        }
      }
    }
    return keys;
  }

  boolean required() {
    return standard.equals("-");
  }

  /** What is wrong with a value; empty where nothing is. */
  List<String> problems(String value) {
    List<String> problems = new ArrayList<>();
    switch (type) {
      case "int", "long" -> {
        try {
          long number = Long.parseLong(value);
          if (type.equals("int") && number != (int) number || !legal.isEmpty() && !inside(number)) {
            problems.add("%s must be %s, got %s".formatted(name, legal, value));
          }
        } catch (NumberFormatException e) {
          problems.add("%s must be a number, got '%s'".formatted(name, value));
        }
      }
      default -> {
        if (!legal.isEmpty() && !List.of(legal.split(",", -1)).contains(value)) {
          problems.add("%s must be one of %s, got '%s'".formatted(name, legal, value));
        }
      }
    }
    return problems;
  }

  private boolean inside(long number) {
    String[] ends = legal.split("\\.\\.", -1);
    return number >= Long.parseLong(ends[0]) && number <= Long.parseLong(ends[1]);
  }
}
