package dev.stipend.email;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.chart.BurnDownChart;
import dev.stipend.notify.AlertText;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.micronaut.email.Attachment;
import io.micronaut.email.BodyType;
import io.micronaut.email.Email;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An alert as a mail with a text and an HTML part, and the period's chart in the latter.
final class AlertMail {
  /// What the HTML part calls the chart.
  static final String CHART_ID = "burn-down@stipend";

  static final String MESSAGE_ID = "Message-ID";

  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.stipend.email.template");

  private AlertMail() {}

  static Email of(AlertText alert, Addresses addresses) {
    Optional<byte[]> chart = alert.chart();
    Email.Builder mail =
        Email.builder()
            .from(addresses.from())
            .subject(alert.subject())
            .body(html(alert, chart.isPresent()), text(alert));
    addresses.to().forEach(mail::to);
    chart.ifPresent(png -> mail.attachment(attachment(png)));
    return mail.build();
  }

  /// The headers that let receivers tell a repeated mail, show mails about one budget together, and
  /// offer a way out: a mail to the sender, since only people can take somebody off a channel.
  static Map<String, String> headers(AlertSnapshot snapshot, Addresses addresses) {
    String budget = "<budget.%s@%s>".formatted(snapshot.budget().id(), addresses.domain());
    return new TreeMap<>(
        Map.of(
            MESSAGE_ID,
            "<%s@%s>".formatted(snapshot.id(), addresses.domain()),
            "In-Reply-To",
            budget,
            "References",
            budget,
            "Auto-Submitted",
            "auto-generated",
            "List-Unsubscribe",
            "<mailto:%s?subject=%s>"
                .formatted(
                    encode(addresses.from().getEmail()),
                    encode("Unsubscribe from Stipend alerts of " + snapshot.budget().id()))));
  }

  static String html(AlertText alert, boolean withChart) {
    TemplateOutput output = new StringOutput();
    TEMPLATES.render(
        "alert.jte",
        Map.of(
            "alert",
            alert,
            "chart",
            withChart ? CHART_ID : "",
            "chartWidth",
            BurnDownChart.SHOWN_WIDTH),
        output);
    return output.toString();
  }

  static String text(AlertText alert) {
    StringBuilder text = new StringBuilder();
    text.append(alert.subject()).append("\n\n");
    text.append(alert.bar()).append("  ").append(alert.percent()).append("\n\n");
    List<AlertText.Fact> facts = alert.facts();
    int widest = facts.stream().mapToInt(fact -> fact.label().length()).max().orElse(0);
    facts.forEach(
        fact ->
            text.append(fact.label())
                .repeat(' ', widest + 2 - fact.label().length())
                .append(fact.value())
                .append('\n'));
    if (!alert.contributors().isEmpty()) {
      text.append(
          alert.contributors().stream()
              .map(part -> "- %s: %s (%s)\n".formatted(part.who(), part.amount(), part.share()))
              .collect(Collectors.joining("", "\n" + alert.contributorsTitle() + "\n", "")));
    }
    text.append('\n').append(alert.why()).append('\n');
    alert.link().ifPresent(link -> text.append("\n%s: %s\n".formatted(alert.linkTitle(), link)));
    return text.append("\n-- \n")
        .append(alert.origin())
        .append('\n')
        .append(alert.wayOut())
        .append('\n')
        .toString();
  }

  /// The text of a part; empty if there is none.
  static String part(Email mail, BodyType type) {
    return Stream.ofNullable(mail.getBody())
        .flatMap(body -> body.get(type).stream())
        .findFirst()
        .orElse("");
  }

  /// The pictures that the HTML part shows.
  static List<Attachment> attachments(Email mail) {
    return Objects.requireNonNullElse(mail.getAttachments(), List.of());
  }

  private static Attachment attachment(byte[] png) {
    return Attachment.builder()
        .filename("burn-down.png")
        .contentType("image/png")
        .content(png)
        .id(CHART_ID)
        .disposition("inline")
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%40", "@");
  }
}
