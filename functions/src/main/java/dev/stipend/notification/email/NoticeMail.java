package dev.stipend.notification.email;

import dev.stipend.notification.channel.ChannelNotice;
import io.micronaut.email.Email;
import java.util.Map;

/// Something about the channel itself as a mail.
final class NoticeMail {
  private NoticeMail() {}

  static Email of(ChannelNotice notice, Addressee addressee) {
    return Email.builder()
        .from(addressee.from())
        .to(addressee.to())
        .subject("[Stipend] " + notice.title())
        .body(
            AlertMail.render("notice.jte", Map.of("notice", notice)),
            notice.title() + "\n\n" + notice.text() + "\n")
        .build();
  }
}
