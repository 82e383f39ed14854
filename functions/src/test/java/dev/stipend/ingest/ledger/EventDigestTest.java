package dev.stipend.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.money.Money;
import dev.stipend.platform.json.ExactJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class EventDigestTest {
  private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

  @Property(seed = "1", tries = 10_000)
  void digestsAreEqualExactlyWhenContentsAre(
      @ForAll("events") UsageEvent one, @ForAll("events") UsageEvent other) {
    assertThat(EventDigest.of(one).equals(EventDigest.of(other))).isEqualTo(one.equals(other));
  }

  @Property(seed = "2", tries = 1_000)
  void everySingleDifferenceMakesAnotherDigest(@ForAll("events") UsageEvent event) {
    List<UsageEvent> variants = new ArrayList<>(variants(event));
    variants.add(event);
    assertThat(variants.stream().map(EventDigest::of)).doesNotHaveDuplicates();
  }

  @Property(seed = "3", tries = 1_000)
  void textMovedAcrossFieldsMakesAnotherDigest(
      @ForAll("hostileTexts") String left, @ForAll("hostileTexts") String right) {
    List<UsageEvent> events = new ArrayList<>();
    for (int cut = 0; cut <= left.length(); cut++) {
      String first = left.substring(0, cut);
      String second = left.substring(cut) + right;
      events.add(withWho(new Attribution(first, second, "", "", "", "")));
    }
    assertThat(events.stream().map(EventDigest::of)).doesNotHaveDuplicates();
  }

  @Test
  void aSeparatorInATagCannotMakeTwoTagsOfOne() {
    UsageEvent one = withTags(Map.of("a", "b\u001fc\u001fd"));
    UsageEvent two = withTags(Map.of("a", "b", "c", "d"));
    UsageEvent keyed = withTags(Map.of("a\u001fb\u001fc", "d"));
    assertThat(List.of(EventDigest.of(one), EventDigest.of(two), EventDigest.of(keyed)))
        .doesNotHaveDuplicates();
  }

  @Test
  void theDigestDoesNotDependOnTheIdWhichIsTheIdentity() {
    assertThat(digest("\"eventId\":\"a\"")).isEqualTo(digest("\"eventId\":\"b\""));
  }

  @Test
  void theOrderOfTagsAndFieldsDoesNotMatter() {
    assertThat(digest("\"eventId\":\"e\",\"tags\":{\"a\":\"1\",\"b\":\"2\"},\"userId\":\"ada\""))
        .isEqualTo(
            digest("\"userId\":\"ada\",\"tags\":{\"b\":\"2\",\"a\":\"1\"},\"eventId\":\"e\""));
    Map<String, String> backwards = new LinkedHashMap<>();
    backwards.put("b", "2");
    backwards.put("a", "1");
    assertThat(EventDigest.of(withTags(backwards)))
        .isEqualTo(EventDigest.of(withTags(Map.of("a", "1", "b", "2"))));
  }

  @Test
  void theSpellingOfANumberDoesNotMatter() {
    EventDigest cost = digest("\"eventId\":\"e\",\"cost\":1,\"inputTokens\":1000");
    for (String same : List.of("1.0", "1.00", "\"1.00\"", "10e-1", "0.1e1", "\"1\"")) {
      assertThat(digest("\"eventId\":\"e\",\"cost\":" + same + ",\"inputTokens\":1e3"))
          .isEqualTo(cost);
    }
    assertThat(digest("\"eventId\":\"e\",\"cost\":1.000000000001,\"inputTokens\":1000"))
        .isNotEqualTo(cost);
  }

  @Test
  void noCostIsNotACostOfZero() {
    assertThat(digest("\"eventId\":\"e\"")).isNotEqualTo(digest("\"eventId\":\"e\",\"cost\":0"));
  }

  @Test
  void whatStandsForNothingIsTheSameAsNothing() {
    assertThat(
            digest(
                "\"eventId\":\"e\",\"tags\":{},\"userId\":null,\"kind\":\"usage\",\"currency\":\"USD\","
                    + "\"inputTokens\":0"))
        .isEqualTo(digest("\"eventId\":\"e\""));
  }

  @Test
  void offsetsAndWhatIsBelowAMicrosecondDoNotMatter() {
    EventDigest digest = digestAt("2026-03-15T11:00:00.123456Z");
    assertThat(digestAt("2026-03-15T11:00:00.123456789Z")).isEqualTo(digest);
    assertThat(digestAt("2026-03-15T16:45:00.123456+05:45")).isEqualTo(digest);
    assertThat(digestAt("2026-03-15T11:00:00.123457Z")).isNotEqualTo(digest);
  }

  @Test
  void aDigestHas32Bytes() {
    assertThat(digest("\"eventId\":\"e\"").toString()).matches("[0-9a-f]{64}");
  }

  @Provide
  Arbitrary<String> hostileTexts() {
    return Arbitraries.strings().withChars("a1:,=\u001f\u0000\n").ofMaxLength(5);
  }

  @Provide
  Arbitrary<UsageEvent> events() {
    Arbitrary<String> text = Arbitraries.of("", "a", "1:a", "a1:a", ":", "\u001f", "a\u001fa");
    Arbitrary<Attribution> who =
        Combinators.combine(text, text, text, text, text, text).as(Attribution::new);
    Arbitrary<TokenUsage> tokens =
        Combinators.combine(Arbitraries.longs().between(1, 2), Arbitraries.longs().between(0, 1))
            .as((input, cached) -> TokenUsage.of(input, cached, input));
    Arbitrary<Map<String, String>> tags = Arbitraries.maps(text, text).ofMaxSize(2);
    return Combinators.combine(
            Arbitraries.of(NOW, NOW.plusNanos(1000)),
            Arbitraries.of(EventKind.class),
            text.filter(corrects -> !corrects.isEmpty()).optional(),
            who,
            tokens,
            Arbitraries.of("0", "1", "10").map(Money::of).optional(),
            tags)
        .as(
            (at, kind, corrects, attribution, usage, cost, labels) ->
                new UsageEvent("e", at, kind, corrects, attribution, usage, cost, labels));
  }

  /// Every event that differs from this one in exactly one part.
  private static List<UsageEvent> variants(UsageEvent e) {
    Attribution who = e.attribution();
    TokenUsage t = e.tokens();
    Map<String, String> moreTags = new LinkedHashMap<>(e.tags());
    moreTags.put("another", "tag");
    Map<String, String> otherTags = new LinkedHashMap<>(e.tags());
    otherTags.put("another", "label");
    Money cost = new Money(e.cost().map(Money::amount).orElse(BigDecimal.ONE).add(BigDecimal.TWO));
    EventKind kind = e.kind() == EventKind.USAGE ? EventKind.ADJUSTMENT : EventKind.USAGE;
    return List.of(
        copy(e, e.occurredAt().minusNanos(1000), e.kind(), e.corrects(), who, t, e.cost()),
        copy(e, e.occurredAt(), kind, e.corrects(), who, t, e.cost()),
        copy(e, e.occurredAt(), e.kind(), Optional.of("other"), who, t, e.cost()),
        copy(e, e.occurredAt(), e.kind(), e.corrects(), who, t, Optional.of(cost)),
        withWho(
            e,
            who.userId() + "x",
            who.agentId(),
            who.workflowId(),
            who.teamId(),
            who.provider(),
            who.model()),
        withWho(
            e,
            who.userId(),
            who.agentId() + "x",
            who.workflowId(),
            who.teamId(),
            who.provider(),
            who.model()),
        withWho(
            e,
            who.userId(),
            who.agentId(),
            who.workflowId() + "x",
            who.teamId(),
            who.provider(),
            who.model()),
        withWho(
            e,
            who.userId(),
            who.agentId(),
            who.workflowId(),
            who.teamId() + "x",
            who.provider(),
            who.model()),
        withWho(
            e,
            who.userId(),
            who.agentId(),
            who.workflowId(),
            who.teamId(),
            who.provider() + "x",
            who.model()),
        withWho(
            e,
            who.userId(),
            who.agentId(),
            who.workflowId(),
            who.teamId(),
            who.provider(),
            who.model() + "x"),
        withTokens(e, TokenUsage.of(t.input() + 5, t.cachedInput(), t.output())),
        withTokens(e, TokenUsage.of(t.input(), 1 - t.cachedInput(), t.output())),
        withTokens(e, TokenUsage.of(t.input(), t.cachedInput(), t.output() + 5)),
        withTags(e, moreTags),
        withTags(e, otherTags));
  }

  private static UsageEvent copy(
      UsageEvent e,
      Instant at,
      EventKind kind,
      Optional<String> corrects,
      Attribution who,
      TokenUsage tokens,
      Optional<Money> cost) {
    return new UsageEvent(e.eventId(), at, kind, corrects, who, tokens, cost, e.tags());
  }

  private static UsageEvent withWho(UsageEvent e, String... who) {
    Attribution attribution = new Attribution(who[0], who[1], who[2], who[3], who[4], who[5]);
    return copy(e, e.occurredAt(), e.kind(), e.corrects(), attribution, e.tokens(), e.cost());
  }

  private static UsageEvent withTokens(UsageEvent e, TokenUsage tokens) {
    return copy(e, e.occurredAt(), e.kind(), e.corrects(), e.attribution(), tokens, e.cost());
  }

  private static UsageEvent withTags(UsageEvent e, Map<String, String> tags) {
    return new UsageEvent(
        e.eventId(),
        e.occurredAt(),
        e.kind(),
        e.corrects(),
        e.attribution(),
        e.tokens(),
        e.cost(),
        tags);
  }

  private static UsageEvent withWho(Attribution who) {
    return new UsageEvent(
        "e",
        NOW,
        EventKind.USAGE,
        Optional.empty(),
        who,
        TokenUsage.NONE,
        Optional.empty(),
        Map.of());
  }

  private static UsageEvent withTags(Map<String, String> tags) {
    return withTags(withWho(new Attribution("", "", "", "", "", "")), tags);
  }

  private static EventDigest digest(String fields) {
    return digestOf("{\"occurredAt\":\"2026-03-15T12:00:00Z\"," + fields + "}");
  }

  private static EventDigest digestAt(String time) {
    return digestOf("{\"eventId\":\"e\",\"occurredAt\":\"" + time + "\"}");
  }

  private static EventDigest digestOf(String json) {
    return EventDigest.of(UsageEventReader.live("USD", NOW).read(ExactJson.parse(json)));
  }
}
