package dev.stipend.email;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notify.AlertDigest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// The headers that let receivers tell a repeated mail, show mails about one budget together, and
/// offer a way out: a mail to the sender, since only people can take somebody off a channel.
final class MailHeaders {
  static final String MESSAGE_ID = "Message-ID";

  private MailHeaders() {}

  static Map<String, String> of(AlertSnapshot snapshot, Addresses addresses) {
    if (snapshot.summary() != null) {
      return of(snapshot.id(), "summaries", addresses);
    }
    String budget = snapshot.budget().id().toString();
    String thread = "<budget.%s@%s>".formatted(budget, addresses.domain());
    Map<String, String> headers = of(snapshot.id(), "alerts of " + budget, addresses);
    headers.put("In-Reply-To", thread);
    headers.put("References", thread);
    return headers;
  }

  /// A digest, like a summary, is about many budgets, and belongs to the thread of none.
  static Map<String, String> of(AlertDigest digest, Addresses addresses) {
    return of(digest.id(), "alerts", addresses);
  }

  private static Map<String, String> of(String id, String matter, Addresses addresses) {
    return new TreeMap<>(
        Map.of(
            MESSAGE_ID,
            "<%s@%s>".formatted(id, addresses.domain()),
            "Auto-Submitted",
            "auto-generated",
            "List-Unsubscribe",
            "<mailto:%s?subject=%s>"
                .formatted(
                    encode(addresses.from().getEmail()),
                    encode("Unsubscribe from Stipend " + matter))));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%40", "@");
  }
}
