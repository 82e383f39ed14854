package dev.stipend.notification.email;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.email.Attachment;
import io.micronaut.email.BodyType;
import io.micronaut.email.Contact;
import io.micronaut.email.Email;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A mail as SendGrid's `POST /v3/mail/send` takes it.
///
/// @param content the same message in several types, plain text first
/// @param attachments pictures that the HTML shows
/// @param headers further headers; may be added to until it is sent
@Serdeable
record SendGridMail(
    List<Personalization> personalizations,
    Address from,
    String subject,
    List<Content> content,
    List<Attached> attachments,
    Map<String, String> headers) {
  @Serdeable
  record Personalization(List<Address> to) {}

  @Serdeable
  record Address(String email, @Nullable String name) {
    static Address of(Contact contact) {
      return new Address(contact.getEmail(), contact.getName());
    }
  }

  @Serdeable
  record Content(String type, String value) {}

  /// @param content in base64
  /// @param contentId what the HTML calls it
  @Serdeable
  record Attached(
      String content,
      String type,
      String filename,
      String disposition,
      @JsonProperty("content_id") String contentId) {
    static Attached of(Attachment attachment) {
      return new Attached(
          Base64.getEncoder().encodeToString(attachment.getContent()),
          attachment.getContentType(),
          attachment.getFilename(),
          "inline",
          attachment.getId());
    }
  }

  static SendGridMail of(Email email) {
    Collection<Contact> to = Objects.requireNonNullElse(email.getTo(), List.of());
    return new SendGridMail(
        List.of(new Personalization(to.stream().map(Address::of).toList())),
        Address.of(email.getFrom()),
        email.getSubject(),
        Stream.of(
                new Content("text/plain", AlertMail.part(email, BodyType.TEXT)),
                new Content("text/html", AlertMail.part(email, BodyType.HTML)))
            .toList(),
        AlertMail.attachments(email).stream().map(Attached::of).toList(),
        new HashMap<>());
  }
}
