package dev.stipend.email;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notify.AlertText;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.micronaut.email.Email;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// An alert as a mail with a text and an HTML part.
final class AlertMail {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.stipend.email.template");

  private AlertMail() {}

  static Email of(AlertText alert, Addresses addresses) {
    Email.Builder mail =
        Email.builder()
            .from(addresses.from())
            .subject(alert.subject())
            .body(html(alert), text(alert));
    addresses.to().forEach(mail::to);
    return mail.build();
  }

  /// The headers that let receivers tell a repeated mail and show mails about one budget together.
  static Map<String, String> headers(AlertSnapshot snapshot, Addresses addresses) {
    String budget = "<budget.%s@%s>".formatted(snapshot.budget().id(), addresses.domain());
    return new TreeMap<>(
        Map.of(
            "Message-ID",
            "<%s@%s>".formatted(snapshot.id(), addresses.domain()),
            "In-Reply-To",
            budget,
            "References",
            budget,
            "Auto-Submitted",
            "auto-generated"));
  }

  static String html(AlertText alert) {
    TemplateOutput output = new StringOutput();
    TEMPLATES.render("alert.jte", alert, output);
    return output.toString();
  }

  static String text(AlertText alert) {
    StringBuilder text = new StringBuilder();
    text.append(alert.subject()).append("\n\n");
    text.append(alert.bar()).append("  ").append(alert.percent()).append("\n\n");
    alert.facts().forEach(fact -> text.append("%-12s%s\n".formatted(fact.label(), fact.value())));
    if (!alert.contributors().isEmpty()) {
      text.append(
          alert.contributors().stream()
              .map(part -> "- %s: %s (%s)\n".formatted(part.who(), part.amount(), part.share()))
              .collect(Collectors.joining("", "\n" + alert.contributorsTitle() + "\n", "")));
    }
    text.append('\n').append(alert.why()).append('\n');
    alert.link().ifPresent(link -> text.append("\n%s: %s\n".formatted(alert.linkTitle(), link)));
    return text.append("\n-- \n").append(alert.origin()).append('\n').toString();
  }
}
