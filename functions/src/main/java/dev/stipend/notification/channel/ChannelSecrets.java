package dev.stipend.notification.channel;

import dev.stipend.platform.secrets.SecretName;
import dev.stipend.platform.secrets.Secrets;
import dev.stipend.platform.secrets.Tenant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// What channels send with: the secrets that they name, as far as those belong to their workspace,
/// and where they name none, the settings of the environment, as far as those serve it.
@Singleton
public class ChannelSecrets {
  /// Whose secrets no channel may name by their ARN either.
  private static final List<String> ARNS_OF_STIPEND =
      List.of(
          "DATABASE_URL_ARN",
          "DATABASE_URL_POOLED_ARN",
          "DATABASE_SECRET_ARN",
          "ADMIN_API_KEY_ARN",
          "SMTP_URL_ARN",
          "SENDGRID_API_KEY_ARN",
          "SLACK_SIGNING_SECRET_ARN");

  /// What Secrets Manager adds to a name, and an ARN need not have.
  private static final String RANDOM_END = "-[A-Za-z0-9]{6}$";

  private final Secrets secrets;
  private final Function<UUID, Tenant> tenants;

  @Inject
  ChannelSecrets(Secrets secrets, Tenants tenants) {
    this(secrets, tenants::of);
  }

  ChannelSecrets(Secrets secrets, Function<UUID, Tenant> tenants) {
    this.secrets = secrets;
    this.tenants = tenants;
  }

  /// The workspace of a channel.
  public Tenant tenant(UUID workspace) {
    return tenants.apply(workspace);
  }

  /// Whether the environment gives a value, or the place of one. Fetches nothing.
  public boolean has(String name) {
    return secrets.has(name);
  }

  /// What a channel sends with.
  public sealed interface Secret {
    /// It is there.
    ///
    /// @param name the secret's name, for reasons
    record Value(String name, String value) implements Secret {}

    /// There is none.
    ///
    /// @param reason for people
    record None(String reason) implements Secret {}
  }

  /// The secret that a channel names in a field, else that of the environment.
  ///
  /// @param variable what the environment has for channels that name none
  public Secret of(Channel channel, String field, String variable) {
    String name = channel.config().getOrDefault(field, variable);
    return refusal(name, tenant(channel.workspaceId()))
        .<Secret>map(why -> new Secret.None(field + " " + why))
        .or(() -> secrets.find(name).map(value -> new Secret.Value(name, value)))
        .orElseGet(() -> new Secret.None(name + " is not set"));
  }

  /// What the environment says where a channel says nothing, which it does for those only whom the
  /// deployment's channels serve.
  public Secret setting(Channel channel, String field, String variable) {
    String own = channel.config().getOrDefault(field, "");
    if (!own.isBlank()) {
      return new Secret.Value(field, own);
    }
    if (!tenant(channel.workspaceId()).isServed()) {
      return new Secret.None(field + " " + required(variable));
    }
    return secrets
        .find(variable)
        .<Secret>map(value -> new Secret.Value(variable, value))
        .orElseGet(() -> new Secret.None(variable + " is not set"));
  }

  /// What a channel lacks whose workspace the deployment's channels do not serve.
  public static String required(String variable) {
    return "is required: the deployment's own %s serves other workspaces".formatted(variable);
  }

  /// Why a channel of a workspace may not use a secret of this name; empty if it may.
  public Optional<String> refusal(String name, Tenant tenant) {
    return ARNS_OF_STIPEND.stream().anyMatch(own -> isValueOf(own, name))
        ? Optional.of("must not name a secret that Stipend itself uses")
        : SecretName.refusal(name, tenant);
  }

  private boolean isValueOf(String variable, String arn) {
    return arn.startsWith(SecretName.ARN)
        && secrets.has(variable)
        && secrets.find(variable).map(ChannelSecrets::plain).equals(Optional.of(plain(arn)));
  }

  private static String plain(String arn) {
    return arn.replaceFirst(RANDOM_END, "");
  }

  /// Why a secret that a channel may use cannot be had now; empty if it can.
  Optional<String> trouble(String name) {
    try {
      return secrets.find(name).isPresent() ? Optional.empty() : Optional.of(name + " is not set");
    } catch (RuntimeException unreadable) {
      // The message of a library's exception may contain a secret, so only its type is shown.
      return Optional.of(name + " cannot be read: " + unreadable.getClass().getSimpleName());
    }
  }
}
