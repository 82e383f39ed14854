package dev.stipend.notify;

import dev.stipend.json.JsonFields;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a secret, as a channel may hold it: a variable of the environment, or the ARN of a
/// secret in AWS Secrets Manager.
public final class SecretName {
  private static final int LONGEST = 512;

  /// What makes a name one of Secrets Manager's.
  public static final String ARN = "arn:";

  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,126}");
  private static final Pattern SECRET_ARN =
      Pattern.compile("arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[\\w/+=.@!-]+");

  /// Stipend's own: whoever may edit channels is not to have them sent anywhere.
  private static final Pattern NOT_FOR_CHANNELS =
      Pattern.compile("(SLACK_SIGNING|AWS|DATABASE|DATASOURCES|ADMIN|SMTP|SENDGRID|MICRONAUT)_.*");

  private SecretName() {}

  /// Reads a field that names a secret.
  public static Optional<String> read(JsonFields config, String field) {
    Optional<String> name = config.text(field, LONGEST);
    name.filter(text -> !SecretShape.fits(text))
        .ifPresent(
            text -> {
              if (!VARIABLE.matcher(text).matches() && !SECRET_ARN.matcher(text).matches()) {
                config.error(
                    field,
                    "must name the variable of the environment that holds the secret, such as"
                        + " SLACK_WEBHOOK_URL, or the ARN of a secret in Secrets Manager");
              } else if (NOT_FOR_CHANNELS.matcher(text).matches()) {
                config.error(field, "must not name a secret that Stipend itself works with");
              }
            });
    return name;
  }
}
