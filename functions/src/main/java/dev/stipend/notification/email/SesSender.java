package dev.stipend.notification.email;

import dev.stipend.notification.send.NetworkFailure;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.secrets.Secrets;
import dev.stipend.platform.wording.OneLine;
import io.micronaut.context.BeanProvider;
import io.micronaut.email.Email;
import io.micronaut.email.TransactionalEmailSender;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/// Sends mails through Amazon SES from the identity of `SES_FROM_IDENTITY`, with the permissions
/// of the operator.
@Singleton
@Named(SesSender.NAME)
class SesSender implements TransactionalEmailSender<SendEmailRequest.Builder, SendOutcome> {
  static final String NAME = "ses";

  /// Refusals that end when somebody or time does something, though their status says otherwise.
  private static final Set<String> PASSING =
      Set.of(
          "TooManyRequestsException",
          "LimitExceededException",
          "SendingPausedException",
          "ConcurrentModificationException",
          "ThrottlingException",
          "Throttling",
          "RequestExpired",
          "ExpiredTokenException",
          "RequestTimeTooSkewed");

  private static final int LONGEST_ANSWER = 200;

  private final Secrets secrets;
  private final BeanProvider<SesV2Client> client;

  SesSender(Secrets secrets, BeanProvider<SesV2Client> client) {
    this.secrets = secrets;
    this.client = client;
  }

  @Override
  public String getName() {
    return NAME;
  }

  /// Sends a mail.
  ///
  /// @param lastTouch may change the request
  /// @throws UnusableSettingException if the sender is not of the identity
  @Override
  public SendOutcome send(Email mail, Consumer<SendEmailRequest.Builder> lastTouch) {
    return send(mail, Map.of(), lastTouch);
  }

  SendOutcome send(
      Email mail, Map<String, String> headers, Consumer<SendEmailRequest.Builder> lastTouch) {
    SesIdentity identity = SesIdentity.of(secrets);
    if (!identity.covers(mail.getFrom().getEmail())) {
      throw new UnusableSettingException(
          Addresses.FROM + " is not an address of " + SesIdentity.VARIABLE);
    }
    SendEmailRequest.Builder request = SesMail.of(mail, headers);
    identity.arn().ifPresent(request::fromEmailAddressIdentityArn);
    lastTouch.accept(request);
    try {
      return new SendOutcome.Sent(
          Optional.ofNullable(client.get().sendEmail(request.build()).messageId()));
    } catch (SesV2Exception refused) {
      return outcome(refused);
    } catch (ApiCallTimeoutException late) {
      return new SendOutcome.Retry(
          "SES could not be reached: it did not answer in time", Optional.empty());
    } catch (SdkClientException | UncheckedIOException unreachable) {
      return new SendOutcome.Retry(
          "SES could not be reached: " + NetworkFailure.describe(unreachable), Optional.empty());
    }
  }

  private static SendOutcome outcome(SesV2Exception refused) {
    @Nullable AwsErrorDetails details = refused.awsErrorDetails();
    String code = details == null ? "" : String.valueOf(details.errorCode());
    String message = details == null ? "" : String.valueOf(details.errorMessage());
    int status = refused.statusCode();
    String reason =
        "SES answered %d %s"
            .formatted(status, OneLine.shorten(OneLine.of(code + ": " + message), LONGEST_ANSWER));
    if (SendOutcome.mayPass(status) || PASSING.contains(code)) {
      return new SendOutcome.Retry(reason, Optional.empty());
    }
    return new SendOutcome.Failed(
        status == 403 ? reason + " (the function needs ses:SendEmail on the identity)" : reason);
  }
}
