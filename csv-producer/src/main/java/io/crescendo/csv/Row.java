package io.crescendo.csv;

/** The cells of one row. */
@FunctionalInterface
interface Row {

  /** A cell as text, without its quotes. */
  String cell(int index);
}
