package dev.stipend.notification.email;

import dev.stipend.notification.send.NetworkFailure;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.wording.OneLine;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads from an exception of Jakarta Mail whether trying again makes sense.
///
/// The exceptions' messages are what the server answered, which starts with its reply code: 4xx may
/// pass, 5xx will not. Without an answer the way to the server is broken, and that may pass.
final class SmtpFailure {
  private static final int LONGEST_ANSWER = 200;
  private static final int CODE_LENGTH = 3;
  private static final Pattern FINAL = Pattern.compile("5\\d\\d[ -].*", Pattern.DOTALL);
  private static final Pattern PASSING = Pattern.compile("4\\d\\d[ -].*", Pattern.DOTALL);

  private SmtpFailure() {}

  static SendOutcome outcome(MessagingException failure, SmtpUrl url) {
    List<String> answers = answers(failure, url);
    Optional<String> passing =
        answers.stream().filter(answer -> PASSING.matcher(answer).matches()).findFirst();
    Optional<String> last =
        answers.stream().filter(answer -> FINAL.matcher(answer).matches()).findFirst();
    if (passing.isEmpty() && last.isPresent()) {
      return new SendOutcome.Failed(
          failure instanceof AuthenticationFailedException
              ? refusedLogin(last.get())
              : "The mail server answered " + quote(last.get()));
    }
    return new SendOutcome.Retry(
        passing
            .map(answer -> "The mail server answered " + quote(answer))
            .orElseGet(() -> noAnswer(failure, url)),
        Optional.empty());
  }

  /// The answer's words are left out: they may repeat, encoded, what was tried.
  private static String refusedLogin(String answer) {
    return "The mail server answered %s to the user name and password of %s"
        .formatted(answer.substring(0, CODE_LENGTH), SmtpSession.VARIABLE);
  }

  private static String noAnswer(MessagingException failure, SmtpUrl url) {
    boolean isNetwork = chain(failure).anyMatch(IOException.class::isInstance);
    return isNetwork
        ? "The mail server could not be reached: " + NetworkFailure.describe(failure)
        : "The mail server could not be used: "
            + OneLine.shorten(url.redact(String.valueOf(failure.getMessage())), LONGEST_ANSWER);
  }

  private static List<String> answers(MessagingException failure, SmtpUrl url) {
    return chain(failure)
        .map(Throwable::getMessage)
        .filter(message -> message != null)
        .map(url::redact)
        .toList();
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private static String quote(String answer) {
    return "\"" + OneLine.shorten(answer, LONGEST_ANSWER) + "\"";
  }
}
