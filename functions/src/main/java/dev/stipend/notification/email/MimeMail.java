package dev.stipend.notification.email;

import io.micronaut.email.Attachment;
import io.micronaut.email.BodyType;
import io.micronaut.email.Contact;
import io.micronaut.email.Email;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// A mail as MIME: a text, or else an HTML page with its pictures. Readers that show the text keep
/// the pictures to themselves, which they would not if pictures were attached to the whole.
final class MimeMail {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private MimeMail() {}

  static MimeMessage of(Email mail, Session session) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(address(mail.getFrom()));
    for (Contact reader : Objects.requireNonNullElse(mail.getTo(), List.<Contact>of())) {
      message.addRecipient(Message.RecipientType.TO, address(reader));
    }
    message.setSubject(mail.getSubject(), UTF_8);
    message.setContent(
        new MimeMultipart("alternative", part(mail, BodyType.TEXT, "plain"), page(mail)));
    return message;
  }

  private static MimeBodyPart page(Email mail) throws MessagingException {
    MimeBodyPart html = part(mail, BodyType.HTML, "html");
    List<Attachment> pictures = AlertMail.attachments(mail);
    if (pictures.isEmpty()) {
      return html;
    }
    Multipart related = new MimeMultipart("related", html);
    for (Attachment picture : pictures) {
      related.addBodyPart(picture(picture));
    }
    MimeBodyPart page = new MimeBodyPart();
    page.setContent(related);
    return page;
  }

  private static MimeBodyPart part(Email mail, BodyType type, String subtype)
      throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(AlertMail.part(mail, type), UTF_8, subtype);
    return part;
  }

  private static MimeBodyPart picture(Attachment picture) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(new ByteArrayDataSource(picture.getContent(), picture.getContentType())));
    part.setDisposition(Part.INLINE);
    part.setFileName(picture.getFilename());
    part.setContentID("<" + picture.getId() + ">");
    return part;
  }

  private static InternetAddress address(Contact contact) {
    try {
      return new InternetAddress(contact.getEmail(), contact.getName(), UTF_8);
    } catch (UnsupportedEncodingException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
