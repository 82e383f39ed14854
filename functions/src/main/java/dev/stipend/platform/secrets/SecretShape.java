package dev.stipend.platform.secrets;

import java.util.regex.Pattern;

/// Tells texts that look like a secret: such a text belongs into the environment or a secret store,
/// and its name into a channel.
public final class SecretShape {
  /// What to do about a text that is one.
  public static final String REFUSAL =
      "looks like a secret: put it into the environment or Secrets Manager, and give the name of"
          + " the variable or the ARN here";

  private static final Pattern SECRET =
      Pattern.compile(
          "hooks\\.slack(-gov)?\\.com" // incoming webhooks and workflows
              + "|\\bxox[a-z]-|\\bxapp-" // Slack's tokens
              + "|\\bSG\\.[\\w-]{4,}" // SendGrid
              + "|\\b(AKIA|ASIA)[A-Z0-9]{12,}" // AWS
              + "|\\bstp_[\\w-]{16,}|\\bsk-[\\w-]{16,}|\\bgh[a-z]_\\w{16,}|\\bwhsec_"
              + "|\\b[a-z][a-z0-9+.-]*://", // addresses carry credentials, or are one themselves
          Pattern.CASE_INSENSITIVE);

  private SecretShape() {}

  public static boolean fits(String text) {
    return SECRET.matcher(text).find();
  }
}
