package dev.stipend.scenario.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.notification.channel.NewChannel;
import dev.stipend.support.Race;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.tenant.WorkspaceRepository;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Edits of channels that meet each other, or a channel that is gone.
@ExtendWith(StipendExtension.class)
final class ChannelEditsTest {
  @Test
  void anEditOfAChannelThatIsGoneLeavesTheFallback(Stipend stipend) {
    String fallback = create(stipend, "Fallback", true);
    String gone = create(stipend, "Gone", false);
    assertThat(stipend.api("DELETE", "/api/channels/" + gone, "").status()).isEqualTo(204);

    assertThat(patch(stipend, gone, "{\"isFallback\":true}").status()).isEqualTo(404);
    UUID workspace =
        stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow().id();
    assertThat(
            stipend
                .context
                .getBean(ChannelRegister.class)
                .edit(workspace, UUID.fromString(gone), ChannelEditsTest::asFallback))
        .isEmpty();

    assertThat(stipend.api("GET", "/api/channels/" + fallback, "").text("isFallback"))
        .isEqualTo("true");
  }

  @RepeatedTest(10)
  void editsOfOneChannelThatMeetAreAllDone(Stipend stipend) {
    String id = create(stipend, "Ops", false);

    Race.run(
        List.of(
            () -> patch(stipend, id, "{\"name\":\"Renamed\"}"),
            () -> patch(stipend, id, "{\"isDefault\":true}"),
            () -> patch(stipend, id, "{\"minSeverity\":\"critical\"}"),
            () -> patch(stipend, id, "{\"config\":{\"to\":\"b@example.com\"}}")));

    assertThat(stipend.api("GET", "/api/channels/" + id, "").body())
        .contains("\"name\":\"Renamed\"", "\"isDefault\":true", "\"minSeverity\":\"critical\"")
        .contains("b@example.com");
  }

  @RepeatedTest(10)
  void ofTwoChannelsThatBecomeTheFallbackAtOnceOneIsIt(Stipend stipend) {
    create(stipend, "Before", true);
    String one = create(stipend, "One", false);
    String two = create(stipend, "Two", false);

    Race.run(
        List.of(
            () -> patch(stipend, one, "{\"isFallback\":true}"),
            () -> patch(stipend, two, "{\"isFallback\":true}"),
            () -> create(stipend, "Three", true)));

    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.notification_channels WHERE is_fallback"))
        .isEqualTo("1");
  }

  private static NewChannel asFallback(ChannelRecord before) {
    NewChannel same = before.asWanted();
    return new NewChannel(
        same.kind(), same.name(), same.config(), same.minSeverity(), same.isDefault(), true);
  }

  private static String create(Stipend stipend, String name, boolean isFallback) {
    Answer made =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"kind\":\"email\",\"name\":\"%s\",\"isFallback\":%s,\"config\":{\"to\":\"a@example.com\"}}"
                .formatted(name, isFallback));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private static Answer patch(Stipend stipend, String id, String body) {
    return stipend.api("PATCH", "/api/channels/" + id, body);
  }
}
