package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelProbe;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StipendExtension.class)
final class ChannelProbeTest {
  /// Before a snapshot every kind of message is written once.
  @Test
  void previewsAreWrittenOfEveryKindAndSentToNobody(Stipend stipend) {
    List<String> previews =
        stipend.context.getBean(ChannelProbe.class).previews(SettableClock.START);

    assertThat(previews)
        .hasSize(ChannelKind.values().length)
        .allSatisfy(preview -> assertThat(preview).contains("figures are made up"));
    TestServers.HTTP.verify(0, postRequestedFor(anyUrl()));
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();
  }
}
