package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.athena.model.ColumnInfo;

class AthenaValuesTest {

  private static Object value(String type, String text) {
    return AthenaValues.value(
        AthenaValues.column(
            ColumnInfo.builder().name("c").type(type).precision(10).scale(2).build()),
        text);
  }

  @Test
  void readEveryTypeThatQueriesGive() {
    assertThat(value("integer", "7")).isEqualTo(7L);
    assertThat(value("float", "1.5")).isEqualTo(1.5);
    assertThat(value("double", "NaN")).isEqualTo(Double.NaN);
    assertThat(value("decimal", "12.50")).isEqualTo(new BigDecimal("12.50"));
    assertThat(value("varchar", "")).isEqualTo("");
    assertThat(value("varchar", null)).isNull();
    assertThat(value("varbinary", "61 ff")).isEqualTo(new byte[] {'a', (byte) 0xff});
    assertThat(value("timestamp", "2026-11-22 10:00:00.250"))
        .isEqualTo(Instant.parse("2026-11-22T10:00:00.250Z"));
    assertThat(value("timestamp with time zone", "2026-11-22 10:00:00.000 Europe/Berlin"))
        .isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
    assertThat(value("array", "[pop, null]")).isEqualTo(Arrays.asList("pop", null));
    assertThat(value("array", "[]")).isEqualTo(List.of());
  }
}
