package dev.stipend.notification.email;

import dev.stipend.notification.message.AlertMessage;
import dev.stipend.notification.message.chart.BurnDownChart;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.micronaut.email.Attachment;
import io.micronaut.email.BodyType;
import io.micronaut.email.Email;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An alert as a mail with a text and an HTML part, and the period's chart in the latter.
final class AlertMail {
  /// What the HTML part calls the chart.
  static final String CHART_ID = "burn-down@stipend";

  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "dev.stipend.notification.email.template");

  private AlertMail() {}

  /// @param chart the alert's, which is drawn once for all readers
  static Email of(AlertMessage alert, Optional<byte[]> chart, Addressee addressee) {
    Email.Builder mail =
        Email.builder()
            .from(addressee.from())
            .to(addressee.to())
            .subject(alert.subject())
            .body(
                html(alert, chart.isPresent(), addressee.wayOut()),
                text(alert, addressee.wayOut()));
    chart.ifPresent(png -> mail.attachment(attachment(png)));
    return mail.build();
  }

  static String html(AlertMessage alert, boolean withChart, Optional<String> wayOut) {
    return render(
        "alert.jte",
        Map.of(
            "alert",
            alert,
            "chart",
            withChart ? CHART_ID : "",
            "chartWidth",
            BurnDownChart.SHOWN_WIDTH,
            "unsubscribe",
            wayOut.orElse("")));
  }

  static String render(String template, Map<String, Object> parameters) {
    TemplateOutput output = new StringOutput();
    TEMPLATES.render(template, parameters, output);
    return output.toString();
  }

  static String text(AlertMessage alert, Optional<String> wayOut) {
    StringBuilder text = new StringBuilder();
    text.append(alert.subject()).append("\n\n");
    if (alert.hasLimit()) {
      text.append(alert.bar()).append("  ").append(alert.percent()).append("\n\n");
    }
    List<AlertMessage.Fact> facts = alert.facts();
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
        .append(wayOut(alert, wayOut))
        .toString();
  }

  /// Why somebody gets a mail, and how they get no more.
  static String wayOut(AlertMessage alert, Optional<String> link) {
    return alert.wayOut()
        + "\n"
        + link.map(url -> "%s: %s\n".formatted(alert.wayOutTitle(), url)).orElse("");
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
}
