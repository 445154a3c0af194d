package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {

  private final List<Source> there = new ArrayList<>();
  private final Watch watch = new Watch(() -> List.copyOf(there));

  @Test
  void givesAFileOnceAsSoonAsItStaysAsItIs() {
    Source growing = source("a.csv", "id");
    there.add(growing);
    assertThat(watch.look()).isEmpty();
    there.set(0, source("a.csv", "id,name"));
    assertThat(watch.look()).isEmpty();
    assertThat(watch.look()).containsExactlyElementsOf(there);
    watch.done(there.get(0));
    assertThat(watch.look()).isEmpty();
  }

  @Test
  void givesAFileAgainWhenItHasChanged() {
    there.add(source("a.csv", "1"));
    watch.look();
    watch.look().forEach(watch::done);
    there.set(0, source("a.csv", "2"));
    assertThat(watch.look()).isEmpty();
    assertThat(watch.look()).hasSize(1);
  }

  @Test
  void givesAFileAgainUntilItIsDone() {
    there.add(source("a.csv", "1"));
    watch.look();
    assertThat(watch.look()).hasSize(1);
    assertThat(watch.look()).hasSize(1);
  }

  @Test
  void keepsTheOrderOfTheSources() {
    there.add(source("b.csv", "1"));
    there.add(source("a.csv", "1"));
    watch.look();
    assertThat(watch.look()).extracting(Source::name).containsExactly("b.csv", "a.csv");
  }

  private static Source source(String name, String text) {
    return new BytesSource(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
