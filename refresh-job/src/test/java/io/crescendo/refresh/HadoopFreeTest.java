package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFreeTest {

  @TempDir private Path directory;

  @Test
  void readsFootersWithoutAnyJarOfHadoop() throws Exception {
    assertThat(System.getProperty("java.class.path")).doesNotContain("hadoop-common");
    assertThat(getClass().getResource("/org/apache/hadoop/conf/Configuration.class")).isNull();
    try (TestStore store = new TestStore(directory)) {
      new TestWarehouse(1, 5).land(store, directory);
      Clock clock = Clock.systemUTC();

      Catalog catalog =
          new FooterCrawler(store.client(), store.settings(), clock)
              .crawl(new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), clock)));

      assertThat(catalog.table("artists").orElseThrow().rows()).isPositive();
    }
  }
}
