package dev.stipend.notification.slack;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import dev.stipend.notification.send.NetworkFailure;
import dev.stipend.notification.send.RetryAfter;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.wording.OneLine;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// What Slack answered to one of its methods.
///
/// @param value the answer, if it is one that says `ok`
/// @param error what Slack calls the error, if it refused; else empty
/// @param trouble what that means for a delivery
record SlackAnswer<T>(Optional<T> value, String error, SendOutcome trouble) {
  private static final int LONGEST_ERROR = 100;

  /// Errors that say that Slack cannot now.
  private static final Set<String> PASSING =
      Set.of(
          "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org");

  private static final SendOutcome NONE = new SendOutcome.Sent(Optional.empty());

  /// A call of a method.
  @FunctionalInterface
  interface Call<T> {
    T make() throws IOException, SlackApiException;
  }

  /// Calls a method. The token is in no reason: Slack does not send it back, and messages of the
  /// SDK's exceptions are not looked at.
  static <T extends SlackApiTextResponse> SlackAnswer<T> of(Call<T> call) {
    try {
      T response = call.make();
      if (response.isOk()) {
        return new SlackAnswer<>(Optional.of(response), "", NONE);
      }
      String error =
          OneLine.shorten(OneLine.of(String.valueOf(response.getError())), LONGEST_ERROR);
      String reason = "Slack refused the message: " + error;
      return new SlackAnswer<>(
          Optional.empty(),
          error,
          PASSING.contains(error)
              ? new SendOutcome.Retry(reason, Optional.empty())
              : new SendOutcome.Failed(reason));
    } catch (SlackApiException refused) {
      return new SlackAnswer<>(Optional.empty(), "", refused(refused));
    } catch (IOException unreachable) {
      return new SlackAnswer<>(
          Optional.empty(),
          "",
          new SendOutcome.Retry(
              "Slack could not be reached: " + NetworkFailure.describe(unreachable),
              Optional.empty()));
    }
  }

  private static SendOutcome refused(SlackApiException refused) {
    int status = refused.getResponse().code();
    String reason = "Slack answered " + status;
    return SendOutcome.mayPass(status)
        ? new SendOutcome.Retry(
            reason,
            RetryAfter.of(
                refused.getResponse().header("retry-after"), refused.getResponse().header("date")))
        : new SendOutcome.Failed(reason);
  }
}
