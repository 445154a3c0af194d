package io.crescendo.csv;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A share as people type it: {@code 0.05} or {@code 5%}. */
record Share(double value) {

  static final class Converter implements ITypeConverter<Share> {
    @Override
    public Share convert(String text) {
      boolean percent = text.endsWith("%");
      try {
        double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
        double value = percent ? number / 100 : number;
        if (value >= 0 && value <= 1) {
          return new Share(value);
        }
      } catch (NumberFormatException e) {
        // said below, as for a number out of range
      }
      throw new TypeConversionException("'%s' is not a share such as 0.05 or 5%%".formatted(text));
    }
  }
}
