package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeersTest {

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "a\"b", "a[b]", "a b", "a+b", "r/b", "100%", "é", "?n=1", "#"})
  void writesAnyNameAsPartOfAPath(String name) {
    String path = Peers.path("genres", name, "top");
    assertThat(URI.create("http://127.0.0.1:1" + path).getPath())
        .isEqualTo("/genres/" + name + "/top");
    String segment = path.substring("/genres/".length(), path.length() - "/top".length());
    assertThat(segment).doesNotContain("/");
    assertThat(URLDecoder.decode(segment, StandardCharsets.UTF_8)).isEqualTo(name);
  }

  @Test
  void writesSpacesAsPathsDo() {
    assertThat(Peers.path("genres", "dance pop")).isEqualTo("/genres/dance%20pop");
  }
}
