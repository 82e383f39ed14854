package dev.stipend.email;

import io.micronaut.email.BodyType;
import io.micronaut.email.Contact;
import io.micronaut.email.Email;
import io.micronaut.serde.annotation.Serdeable;
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
/// @param headers further headers; may be added to until it is sent
@Serdeable
record SendGridMail(
    List<Personalization> personalizations,
    Address from,
    String subject,
    List<Content> content,
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

  static SendGridMail of(Email email) {
    Collection<Contact> to = Objects.requireNonNullElse(email.getTo(), List.of());
    return new SendGridMail(
        List.of(new Personalization(to.stream().map(Address::of).toList())),
        Address.of(email.getFrom()),
        email.getSubject(),
        Stream.of(
                content(email, BodyType.TEXT, "text/plain"),
                content(email, BodyType.HTML, "text/html"))
            .flatMap(List::stream)
            .toList(),
        new HashMap<>());
  }

  private static List<Content> content(Email email, BodyType type, String mediaType) {
    return Stream.ofNullable(email.getBody())
        .flatMap(body -> body.get(type).stream())
        .map(text -> new Content(mediaType, text))
        .toList();
  }
}
