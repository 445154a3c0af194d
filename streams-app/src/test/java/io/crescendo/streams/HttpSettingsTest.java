package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,http://127.0.0.1:7000",
    "app-1.example,http://app-1.example:7000",
    "::1,http://[::1]:7000",
    "[::1],http://[::1]:7000"
  })
  void giveTheUrlOfAnyHost(String host, String url) {
    HostInfo address = of(Map.of("http.host", host)).address(7000);
    assertThat(HttpSettings.url(address)).isEqualTo(url);
    assertThat(HostInfo.buildFromEndpoint(address.host() + ":" + address.port()))
        .as("what other instances hear of it from the brokers")
        .isEqualTo(address);
  }

  @Test
  void giveTheUrlOfTheAddressThatIsAdvertised() {
    HttpSettings settings = of(Map.of("http.host", "a_b", "http.advertised", "[2001:db8::7]:8090"));
    assertThat(HttpSettings.url(settings.address(7000))).isEqualTo("http://[2001:db8::7]:8090");
  }

  @Test
  void writePortsWithTheSameDigitsUnderAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(HttpSettings.url(new HostInfo("a", 8089))).isEqualTo("http://a:8089");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"streams_app_1:8089", "a", ":1", "a:0"})
  void refuseToAdvertiseWhatNoUrlCanHave(String address) {
    assertThatThrownBy(() -> of(Map.of("http.advertised", address)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "http.advertised must be host:port, the host without '_', got '" + address + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"streams_app_1", "a b", "[::1"})
  void refuseToListenWhereNoUrlLeads(String host) {
    assertThatThrownBy(() -> of(Map.of("http.host", host)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "http.host must be a host without '_', got '%s'; or set http.advertised"
                .formatted(host));
    assertThat(of(Map.of("http.host", host, "http.port", "-1")).enabled()).isFalse();
  }

  @Test
  void demandAnAddressWhereItListensOnAll() {
    for (String wildcard : new String[] {"0.0.0.0", "::", "[::]"}) {
      assertThatThrownBy(() -> of(Map.of("http.host", wildcard)))
          .hasMessageContaining("http.advertised must be set, because http.host is '");
    }
  }

  private static HttpSettings of(Map<String, String> given) {
    return StreamsSettings.of(given).http();
  }
}
