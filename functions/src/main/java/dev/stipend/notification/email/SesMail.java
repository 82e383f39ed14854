package dev.stipend.notification.email;

import io.micronaut.email.Attachment;
import io.micronaut.email.BodyType;
import io.micronaut.email.Contact;
import io.micronaut.email.Email;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentDisposition;
import software.amazon.awssdk.services.sesv2.model.Body;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/// A mail as SES's `SendEmail` takes it.
final class SesMail {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private SesMail() {}

  /// @param headers without those that SES sets itself
  static SendEmailRequest.Builder of(Email mail, Map<String, String> headers) {
    List<String> to =
        Objects.requireNonNullElse(mail.getTo(), List.<Contact>of()).stream()
            .map(SesMail::address)
            .toList();
    return SendEmailRequest.builder()
        .fromEmailAddress(address(mail.getFrom()))
        .destination(destination -> destination.toAddresses(to))
        .content(
            content ->
                content.simple(
                    message ->
                        message
                            .subject(text(mail.getSubject()))
                            .body(body(mail))
                            .headers(headers.entrySet().stream().map(SesMail::header).toList())
                            .attachments(attachments(mail))));
  }

  /// Names of other scripts in ASCII, as a header has them.
  private static String address(Contact contact) {
    try {
      return new InternetAddress(contact.getEmail(), contact.getName(), UTF_8).toString();
    } catch (UnsupportedEncodingException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static Body body(Email mail) {
    return Body.builder()
        .text(text(AlertMail.part(mail, BodyType.TEXT)))
        .html(text(AlertMail.part(mail, BodyType.HTML)))
        .build();
  }

  private static Content text(String text) {
    return Content.builder().data(text).charset(UTF_8).build();
  }

  private static MessageHeader header(Map.Entry<String, String> header) {
    return MessageHeader.builder().name(header.getKey()).value(header.getValue()).build();
  }

  private static List<software.amazon.awssdk.services.sesv2.model.Attachment> attachments(
      Email mail) {
    return AlertMail.attachments(mail).stream().map(SesMail::attachment).toList();
  }

  private static software.amazon.awssdk.services.sesv2.model.Attachment attachment(
      Attachment attached) {
    return software.amazon.awssdk.services.sesv2.model.Attachment.builder()
        .fileName(attached.getFilename())
        .contentType(attached.getContentType())
        .contentDisposition(AttachmentContentDisposition.INLINE)
        .contentId(attached.getId())
        .rawContent(SdkBytes.fromByteArray(attached.getContent()))
        .build();
  }
}
