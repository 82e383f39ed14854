package dev.stipend.local.catcher;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stipend.local.http.Replies;
import dev.stipend.local.terminal.Terminal;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An SMTP server on a free port of the loopback interface that takes every mail and shows it.
public final class MailCatcher implements AutoCloseable, HttpHandler {

  /// Where pictures of mails are, as number of the mail and content id.
  public static final String PATH = "/local/mail/";

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final Terminal terminal;
  private final Inbox<CaughtMail> inbox = new Inbox<>();
  private final AtomicLong count = new AtomicLong();

  private MailCatcher(Terminal terminal) {
    this.terminal = terminal;
  }

  public static MailCatcher start(Terminal terminal) {
    MailCatcher catcher = new MailCatcher(terminal);
    catcher.server.start();
    catcher
        .server
        .getManagers()
        .getUserManager()
        .setMessageDeliveryHandler(
            (message, address) -> catcher.caught(message.getMessage(), address.getEmail()));
    return catcher;
  }

  /// The URL for the functions.
  public String url() {
    return "smtp://127.0.0.1:" + server.getSmtp().getPort();
  }

  public List<CaughtMail> newestFirst() {
    return inbox.newestFirst();
  }

  @Override
  public void close() {
    server.stop();
  }

  /// Answers a picture of a mail.
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().substring(PATH.length()).split("/", 2);
    Optional<CaughtMail.Picture> found =
        inbox.newestFirst().stream()
            .filter(mail -> path.length == 2 && path[0].equals(String.valueOf(mail.id())))
            .findFirst()
            .map(mail -> mail.pictures().get(path[1]));
    if (found.isEmpty()) {
      Replies.text(exchange, 404, "There is no such picture.");
    } else {
      byte[] content = Base64.getDecoder().decode(found.get().content());
      Replies.send(exchange, 200, found.get().contentType(), content);
    }
  }

  private GreenMailUser caught(MimeMessage message, String recipient)
      throws MessagingException, UserException {
    try {
      CaughtMail mail =
          new CaughtMail(
              count.incrementAndGet(),
              Instant.now(),
              addresses(message.getFrom()),
              addresses(message.getRecipients(Message.RecipientType.TO)),
              Objects.requireNonNullElse(message.getSubject(), ""),
              Collections.list(message.getAllHeaderLines()),
              part(message, "text/plain"),
              part(message, "text/html"),
              pictures(message));
      inbox.add(mail);
      terminal.print(
          mail.text()
              .lines()
              .map(line -> "  ┃ " + line)
              .collect(
                  Collectors.joining(
                      "\n",
                      "\n  ┏ %s from %s to %s\n  ┃ %s\n"
                          .formatted(
                              terminal.bold("Mail"),
                              mail.from(),
                              mail.to(),
                              terminal.bold(mail.subject())),
                      "\n")));
    } catch (IOException e) {
      throw new MessagingException("The mail cannot be read", e);
    }
    UserManager users = server.getManagers().getUserManager();
    GreenMailUser user = users.getUserByEmail(recipient);
    return user == null ? users.createUser(recipient, recipient, recipient) : user;
  }

  private static String addresses(Address @Nullable [] addresses) {
    return addresses == null
        ? ""
        : Arrays.stream(addresses)
            .map(
                address ->
                    address instanceof InternetAddress internet
                        ? internet.toUnicodeString()
                        : address.toString())
            .collect(Collectors.joining(", "));
  }

  /// All parts with a content id, at any depth.
  private static Map<String, CaughtMail.Picture> pictures(Part part)
      throws MessagingException, IOException {
    Map<String, CaughtMail.Picture> pictures = new HashMap<>();
    if (part.getContent() instanceof Multipart multipart) {
      for (int index = 0; index < multipart.getCount(); index++) {
        pictures.putAll(pictures(multipart.getBodyPart(index)));
      }
    } else if (part instanceof MimeBodyPart body
        && body.getContentID() != null
        && body.isMimeType("image/*")) {
      pictures.put(
          body.getContentID().replaceAll("[<>]", ""),
          new CaughtMail.Picture(
              new ContentType(body.getContentType()).getBaseType(),
              Base64.getEncoder().encodeToString(body.getInputStream().readAllBytes())));
    }
    return pictures;
  }

  /// The first part of this type, at any depth.
  private static String part(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return Objects.toString(part.getContent(), "");
    }
    if (part.getContent() instanceof Multipart multipart) {
      for (int index = 0; index < multipart.getCount(); index++) {
        String found = part(multipart.getBodyPart(index), type);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }
}
