package io.crescendo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class RegistrySettingsTest {

  @Test
  void holdEveryServer() {
    RegistrySettings settings =
        RegistrySettings.of("http://a:8081, https://b/registry/", "me:hunter2");
    assertThat(settings.urls().toString()).isEqualTo("[http://a:8081, https://b/registry]");
    assertThat(settings.userInfo()).contains("me:hunter2");
    assertThat(settings.toString()).contains("user=me").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:8081", "ftp://a", "http://", "http://a?x=1", "http://a,"})
  void refuseWhatIsNoAddress(String urls) {
    assertThatThrownBy(() -> RegistrySettings.of(urls, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("address must be such as http://127.0.0.1:8081");
  }

  @Test
  void refuseAPasswordInTheAddressWithoutRepeatingIt() {
    assertThatThrownBy(() -> RegistrySettings.of("http://me:hunter2@a", "nothing"))
        .hasMessageContaining("must hold no user and password")
        .hasMessageContaining("user info must be user:password")
        .message()
        .doesNotContain("hunter2", "nothing");
  }

  @Test
  void comeFromOptionsAndThePasswordFromTheEnvironment() {
    assertThat(parsed(Map.of()).registry()).isEmpty();
    assertThat(parsed(Map.of(RegistryOptions.URL, "http://a")).registry()).isPresent();
    assertThat(parsed(Map.of(RegistryOptions.URL, "http://a"), "--schema-registry=").registry())
        .isEmpty();
    assertThat(parsed(Map.of(), "--schema-registry=http://a").registry()).isPresent();
    assertThatThrownBy(
            () ->
                parsed(Map.of(RegistryOptions.USER_INFO, "x"), "--schema-registry=http://a")
                    .registry())
        .isInstanceOf(ParameterException.class)
        .hasMessage("--schema-registry: the registry's user info must be user:password");
  }

  private static RegistryOptions parsed(Map<String, String> environment, String... arguments) {
    Any command = new Any(new RegistryOptions(environment));
    new CommandLine(command).parseArgs(arguments);
    return command.options;
  }

  @Command
  private static final class Any {

    @Mixin private final RegistryOptions options;

    Any(RegistryOptions options) {
      this.options = options;
    }
  }
}
