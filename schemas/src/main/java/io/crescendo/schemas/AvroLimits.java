package io.crescendo.schemas;

import java.util.List;

/**
 * How much of what a record says it holds is believed. A record of twenty bytes may state a string
 * or an array of a thousand million, and Avro's decoders make room for it before they read it.
 *
 * @see org.apache.avro.SystemLimitException
 */
public final class AvroLimits {

  /** Bytes of a string, and items of an array: more than any topic of the pipeline takes. */
  private static final int MOST = 16 << 20;

  private AvroLimits() {}

  /** Sets Avro's limits, unless they are set; before Avro decodes for the first time. */
  public static void set() {
    for (String kind : List.of("bytes", "string", "collectionItems")) {
      String property = "org.apache.avro.limits." + kind + ".maxLength";
      if (System.getProperty(property) == null) {
        System.setProperty(property, Integer.toString(MOST));
      }
    }
  }
}
