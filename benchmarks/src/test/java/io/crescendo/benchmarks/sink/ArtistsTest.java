package io.crescendo.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class ArtistsTest {

  private final SingleObjectAvroConverter converter = new SingleObjectAvroConverter();

  @Test
  void areTheSameInEveryRun() {
    Artists once = new Artists(100, 0.5);
    Artists again = new Artists(100, 0.5);
    for (int i = 0; i < 100; i++) {
      assertThat(once.timestamp()).isEqualTo(again.timestamp());
      assertThat(once.next()).isEqualTo(again.next());
    }
  }

  @Test
  void areLateAsOftenAsAskedFor() {
    Artists artists = new Artists(20_000, 0.01);
    List<Long> days = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      days.add(artists.timestamp() / 86_400_000);
      artists.next();
    }
    long today = days.stream().mapToLong(d -> d).max().orElseThrow();
    assertThat(days.stream().filter(d -> d < today).count()).isBetween(100L, 300L);
    assertThat(days.stream().distinct()).hasSize(Artists.days(0.01));
  }

  @Test
  void areStructsWithAllTheirFields() {
    byte[] row = new Artists(1, 0).next();
    GenericRecord record = converter.decode(row);
    Struct struct = (Struct) converter.toConnectData("artists", row).value();
    struct.validate();
    assertThat(struct.getString("id")).isEqualTo(record.get("id").toString());
    assertThat(struct.getInt64("followers")).isEqualTo(record.get("followers"));
    assertThat(struct.getArray("genres")).hasSize(((List<?>) record.get("genres")).size());
    assertThat(struct.schema().fields()).hasSameSizeAs(Artist.getClassSchema().getFields());
  }

  @Test
  void areAllEncoded() {
    byte[][] rows = new byte[3_000][];
    Artists artists = new Artists(rows.length, 0);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = artists.next();
    }
    assertThat(BareEncoder.encode(rows)).isEqualTo(rows.length);
  }
}
