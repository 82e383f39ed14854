package dev.stipend.platform.secrets;

import dev.stipend.platform.json.JsonFields;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a secret, as a channel may hold it: a variable of the environment, or the ARN of a
/// secret in AWS Secrets Manager. A name belongs to a workspace, so that none sends with the
/// secrets of another:
///
/// - the product's own channel variables to the workspaces that the deployment's channels serve,
/// - `STIPEND_SECRET_<WORKSPACE>__<NAME>` and secrets called `stipend/channels/<workspace>/<name>`
/// to that workspace,
/// - all others to the workspace that every deployment starts with.
public final class SecretName {
  /// What makes a name one of Secrets Manager's.
  public static final String ARN = "arn:";

  private static final int LONGEST = 512;
  private static final String VARIABLES = "STIPEND_SECRET_";
  private static final String SECRETS = "stipend/channels/";

  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,126}");
  private static final Pattern SECRET_ARN =
      Pattern.compile("arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:([\\w/+=.@!-]+)");

  /// The last `__` ends the workspace's part, in which a `-` of its slug is a `_`.
  private static final Pattern OF_WORKSPACE =
      Pattern.compile(VARIABLES + "(.+)__[A-Z0-9]+(?:_[A-Z0-9]+)*");

  /// What names of secrets are made of: `PATH` and `HOME` are none.
  private static final Pattern LIKE_A_SECRET =
      Pattern.compile("(.*_)?(URL|URI|TOKEN|KEY|SECRET|HOOK|WEBHOOK)(_.*)?");

  /// The variables that channels use which configure nothing themselves.
  private static final Set<String> OWN =
      Set.of("SLACK_WEBHOOK_URL", "SLACK_BOT_TOKEN", "WEBHOOK_URL", "WEBHOOK_SIGNING_SECRET");

  /// Stipend's own, and those of what it runs on: people who may edit channels must not have them
  /// sent anywhere.
  private static final Pattern NOT_FOR_CHANNELS =
      Pattern.compile(
          "(SLACK_SIGNING|AWS|LAMBDA|DATABASE|DATASOURCES|JDBC|POSTGRES|ADMIN|SMTP|SENDGRID|SES"
              + "|MICRONAUT|STIPEND|USAGE_QUEUE|ALERTS_QUEUE|CONSOLE)_.*|PG[A-Z]+|API_URL");

  private SecretName() {}

  /// Reads a field that names a secret of a workspace.
  public static Optional<String> read(JsonFields config, String field, Tenant tenant) {
    Optional<String> name = config.text(field, LONGEST);
    name.filter(text -> !SecretShape.fits(text))
        .flatMap(text -> malformed(text).or(() -> refusal(text, tenant)))
        .ifPresent(message -> config.error(field, message));
    return name;
  }

  private static Optional<String> malformed(String name) {
    boolean isVariable = VARIABLE.matcher(name).matches() && LIKE_A_SECRET.matcher(name).matches();
    return isVariable || SECRET_ARN.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "must name the environment variable that holds the secret, such as"
                + " SLACK_WEBHOOK_URL, with URL, TOKEN, KEY, SECRET or HOOK in its name, or the ARN"
                + " of a secret in Secrets Manager");
  }

  /// Why a channel of a workspace may not use a secret of this name; empty if it may.
  public static Optional<String> refusal(String name, Tenant tenant) {
    Matcher arn = SECRET_ARN.matcher(name);
    if (arn.matches()) {
      String[] path = arn.group(1).split("/", -1);
      boolean isBound = arn.group(1).startsWith(SECRETS) && path.length > 3;
      return isBound ? ofOther(path[2].equals(tenant.slug())) : free(tenant);
    }
    if (OWN.contains(name)) {
      return tenant.isServed()
          ? Optional.empty()
          : Optional.of("names a secret of the deployment's own channels, which serve others");
    }
    Matcher bound = OF_WORKSPACE.matcher(name);
    if (bound.matches()) {
      return ofOther(bound.group(1).equals(part(tenant)));
    }
    return NOT_FOR_CHANNELS.matcher(name).matches()
        ? Optional.of("must not name a secret that Stipend itself uses")
        : free(tenant);
  }

  private static Optional<String> ofOther(boolean isOwn) {
    return isOwn ? Optional.empty() : Optional.of("names a secret of another workspace");
  }

  private static Optional<String> free(Tenant tenant) {
    return tenant.isDefault()
        ? Optional.empty()
        : Optional.of(
            "must name a secret of this workspace: a variable %s%s__NAME, or the ARN of a secret %s%s/name"
                .formatted(VARIABLES, part(tenant), SECRETS, tenant.slug()));
  }

  private static String part(Tenant tenant) {
    return tenant.slug().toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
