package dev.stipend.notification.email;

import dev.stipend.notification.send.NetworkFailure;
import dev.stipend.notification.send.RetryAfter;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.secrets.Secrets;
import dev.stipend.platform.wording.OneLine;
import io.micronaut.email.Email;
import io.micronaut.email.TransactionalEmailSender;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.exceptions.HttpClientException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Sends mails through SendGrid with the key of `SENDGRID_API_KEY`.
@Singleton
@Named(SendGridSender.NAME)
class SendGridSender implements TransactionalEmailSender<SendGridMail, SendOutcome> {
  static final String NAME = "sendgrid";
  static final String VARIABLE = "SENDGRID_API_KEY";

  private static final int LONGEST_ANSWER = 200;

  private final Secrets secrets;
  private final SendGridClient client;

  SendGridSender(Secrets secrets, SendGridClient client) {
    this.secrets = secrets;
    this.client = client;
  }

  @Override
  public String getName() {
    return NAME;
  }

  /// Sends a mail.
  ///
  /// @param lastTouch may add headers
  /// @throws UnusableSettingException if `SENDGRID_API_KEY` is missing or no key
  @Override
  public SendOutcome send(Email email, Consumer<SendGridMail> lastTouch) {
    String key = key();
    SendGridMail mail = SendGridMail.of(email);
    lastTouch.accept(mail);
    try {
      return outcome(client.send("Bearer " + key, mail), key);
    } catch (HttpClientException unreachable) {
      return new SendOutcome.Retry(
          "SendGrid could not be reached: " + NetworkFailure.describe(unreachable),
          Optional.empty());
    }
  }

  private String key() {
    String key =
        secrets
            .find(VARIABLE)
            .orElseThrow(() -> new UnusableSettingException(VARIABLE + " is not set"));
    // What is no header value would end up in the HTTP client's exception.
    if (!key.matches("[\\x21-\\x7E]+")) {
      throw new UnusableSettingException(VARIABLE + " is not a key");
    }
    return key;
  }

  private static SendOutcome outcome(HttpResponse<String> response, String key) {
    int status = response.code();
    HttpHeaders headers = response.getHeaders();
    if (status == 202) {
      return new SendOutcome.Sent(headers.findFirst("X-Message-Id"));
    }
    String answer =
        OneLine.shorten(
            OneLine.of(response.getBody().orElse("")).replace(key, "***"), LONGEST_ANSWER);
    String reason =
        "SendGrid answered %d%s".formatted(status, answer.isEmpty() ? "" : ": " + answer);
    if (SendOutcome.mayPass(status)) {
      return new SendOutcome.Retry(reason, wait(headers));
    }
    return new SendOutcome.Failed(
        status == 401 || status == 403 ? reason + " (check " + VARIABLE + ")" : reason);
  }

  private static Optional<Duration> wait(HttpHeaders headers) {
    String date = headers.get(HttpHeaders.DATE);
    return RetryAfter.of(headers.get(HttpHeaders.RETRY_AFTER), date)
        .or(() -> RetryAfter.ofEpoch(headers.get("X-RateLimit-Reset"), date));
  }
}
