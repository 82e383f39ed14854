package dev.stipend.notification.email;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.ChannelNotice;
import dev.stipend.notification.message.AlertDigest;
import java.util.Map;
import java.util.TreeMap;

/// The headers that let receivers recognize a repeated mail, show mails about one budget together,
/// and offer their reader a way out in one click (RFC 8058).
final class MailHeaders {
  static final String MESSAGE_ID = "Message-ID";

  private MailHeaders() {}

  static Map<String, String> of(AlertSnapshot snapshot, Addressee addressee) {
    Map<String, String> headers = of(snapshot.id(), addressee);
    if (snapshot.summary() == null) {
      String thread = "<budget.%s@%s>".formatted(snapshot.budget().id(), addressee.domain());
      headers.put("In-Reply-To", thread);
      headers.put("References", thread);
    }
    return headers;
  }

  /// A digest, like a summary, is about many budgets, and belongs to the thread of none.
  static Map<String, String> of(AlertDigest digest, Addressee addressee) {
    return of(digest.id(), addressee);
  }

  static Map<String, String> of(ChannelNotice notice, Addressee addressee) {
    return of(notice.id(), addressee);
  }

  private static Map<String, String> of(String id, Addressee addressee) {
    Map<String, String> headers =
        new TreeMap<>(
            Map.of(
                MESSAGE_ID,
                "<%s@%s>".formatted(id, addressee.domain()),
                "Auto-Submitted",
                "auto-generated"));
    addressee
        .wayOut()
        .ifPresent(
            link -> {
              headers.put("List-Unsubscribe", "<" + link + ">");
              headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            });
    return headers;
  }
}
