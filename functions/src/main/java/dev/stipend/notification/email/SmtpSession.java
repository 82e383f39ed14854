package dev.stipend.notification.email;

import dev.stipend.platform.secrets.Secrets;
import io.micronaut.context.annotation.Value;
import io.micronaut.email.javamail.sender.SessionProvider;
import jakarta.inject.Singleton;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;

/// Makes Jakarta Mail's sessions from `SMTP_URL`, read anew for each mail.
@Singleton
class SmtpSession implements SessionProvider {
  static final String VARIABLE = "SMTP_URL";

  private final Secrets secrets;
  private final String timeoutMillis;

  /// @param timeout how long to wait for the connection, and for each answer
  SmtpSession(Secrets secrets, @Value("${smtp.timeout:10s}") Duration timeout) {
    this.secrets = secrets;
    this.timeoutMillis = String.valueOf(timeout.toMillis());
  }

  /// @throws UnusableSettingException if it is not set, or no such URL
  SmtpUrl url() {
    return secrets
        .find(VARIABLE)
        .map(value -> SmtpUrl.parse(VARIABLE, value))
        .orElseThrow(
            () ->
                new UnusableSettingException(
                    "none of SES_FROM_IDENTITY, SENDGRID_API_KEY and SMTP_URL is set"));
  }

  @Override
  public Session session() {
    SmtpUrl url = url();
    Properties settings = new Properties();
    settings.setProperty("mail.transport.protocol", "smtp");
    settings.setProperty("mail.smtp.host", url.host());
    settings.setProperty("mail.smtp.port", String.valueOf(url.port()));
    settings.setProperty("mail.smtp.auth", String.valueOf(url.login().isPresent()));
    settings.setProperty("mail.smtp.ssl.enable", String.valueOf(url.tls()));
    settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    settings.setProperty("mail.smtp.starttls.enable", String.valueOf(!url.tls()));
    settings.setProperty("mail.smtp.starttls.required", String.valueOf(url.starttlsRequired()));
    settings.setProperty("mail.smtp.connectiontimeout", timeoutMillis);
    settings.setProperty("mail.smtp.timeout", timeoutMillis);
    settings.setProperty("mail.smtp.writetimeout", timeoutMillis);
    return Session.getInstance(settings);
  }
}
