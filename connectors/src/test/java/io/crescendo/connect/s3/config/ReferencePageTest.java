package io.crescendo.connect.s3.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePageTest {

  private static final Path PAGE = Path.of("REFERENCE.md");
  private static final String WRITE = "reference.write";

  @Test
  void isWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, ReferencePage.render());
    }
    assertThat(ReferencePage.lines(Files.readString(PAGE)))
        .as(
            "connectors/REFERENCE.md; write it anew from the project's directory: mvn -q -pl"
                + " connectors -am test -Dtest=ReferencePageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            WRITE)
        .isEqualTo(ReferencePage.lines(ReferencePage.render()));
  }

  @Test
  void explainsEveryKey() {
    assertThat(SinkConfig.definition().names())
        .allSatisfy(key -> assertThat(ReferencePage.render()).contains("### `" + key + "`"));
    assertThat(SinkConfig.definition().configKeys().values())
        .allSatisfy(key -> assertThat(key.documentation).as(key.name).endsWith("."));
  }
}
