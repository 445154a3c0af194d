package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowerTierTest {

  @ParameterizedTest
  @CsvSource({
    "0,none",
    "1,emerging",
    "999,emerging",
    "1000,developing",
    "9999,developing",
    "10000,established",
    "99999,established",
    "100000,major",
    "999999,major",
    "1000000,star",
    "9999999,star",
    "10000000,superstar",
    "115998928,superstar"
  })
  void bandsFollowers(long followers, String tier) {
    assertThat(FollowerTier.of(followers).label()).isEqualTo(tier);
  }
}
