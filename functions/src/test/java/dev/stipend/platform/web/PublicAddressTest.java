package dev.stipend.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublicAddressTest {
  private static final String CONSOLE = "https://console.example.com";
  private static final String API = "https://api.example.com/v1";
  private static final String GATEWAY = "abc.execute-api.example.com";

  @Test
  void nobodyKnowsItAtFirst() {
    PublicAddress address = new PublicAddress("", null);
    assertThat(address.console()).isEmpty();
    assertThat(address.api()).isEmpty();
  }

  @Test
  void aConfiguredAddressWinsOverWhereTheGatewayWasReached() {
    PublicAddress address = new PublicAddress(CONSOLE + "/", API);
    address.reachedAt(GATEWAY);
    assertThat(address.console()).contains(CONSOLE);
    assertThat(address.api()).contains(API);
  }

  @Test
  void eachStandsInForTheOtherAsOneFunctionServesBoth() {
    assertThat(new PublicAddress(CONSOLE, null).api()).contains(CONSOLE);
    assertThat(new PublicAddress(null, API).console()).contains(API);
  }

  @Test
  void otherwiseItIsWhereTheGatewayWasReachedLast() {
    PublicAddress address = new PublicAddress(null, null);
    address.reachedAt(GATEWAY);
    assertThat(address.console()).contains("https://" + GATEWAY);
    address.reachedAt(null);
    assertThat(address.api()).contains("https://" + GATEWAY);
  }

  @Test
  void whatIsNoAddressIsNone() {
    PublicAddress address = new PublicAddress("console", "javascript:alert(1)");
    address.reachedAt("a b");
    assertThat(address.console()).isEmpty();
    assertThat(address.api()).isEmpty();
  }
}
