package io.crescendo.csv;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Options that say how files are written, for what cannot be seen in them. */
final class ReadingFlags {

  private static final Map<String, Character> NAMED =
      Map.of(
          "comma", ',', "tab", '\t', "\\t", '\t', "semicolon", ';', "pipe", '|', "underscore", '_');

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=HEADER",
      split = ",",
      description = {
        "Which column is what, such as id=artist_id,followers=seguidores; the others are found.",
        "COLUMN is id, name, genres, followers, popularity or observed_at; HEADER is as in the",
        "file, or #3 for the third column; genres may have several, joined by +. Repeatable."
      })
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "What separates cells: a character, or comma, tab, semicolon, pipe, underscore (default:"
              + " found out).")
  private String delimiter;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      converter = CharsetConverter.class,
      description =
          "Encoding, such as UTF-8, windows-1252 or UTF-16LE (default: UTF-8 unless the bytes say"
              + " otherwise).")
  private Charset charset;

  @Option(
      names = "--id-from-name",
      description = "Where a file has no column of ids, make them from the names.")
  private boolean idFromName;

  /** Knows encodings by the names that Java knows. */
  static final class CharsetConverter implements ITypeConverter<Charset> {

    @Override
    public Charset convert(String name) {
      try {
        return Charset.forName(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "must be an encoding that this Java knows, such as UTF-8, windows-1252 or UTF-16LE, got '%s'"
                .formatted(name));
      }
    }
  }

  /** Reads them. */
  ReadingOptions options() {
    try {
      return new ReadingOptions(charset, separator(), columns, idFromName);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Character separator() {
    if (delimiter == null) {
      return null;
    }
    Character named = NAMED.get(delimiter.toLowerCase(Locale.ROOT));
    if (named == null && delimiter.length() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--delimiter must be one character, or comma, tab, semicolon, pipe or underscore, got '%s'"
              .formatted(delimiter));
    }
    return named == null ? delimiter.charAt(0) : named;
  }
}
