package dev.stipend.local;

import dev.stipend.local.queue.LocalQueues;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What the person's own environment decides: which services are real, and what must not leak in.
final class LocalEnvironment {

  private static final String SOURCE_HOSTS = "STIPEND_SOURCE_HOSTS";
  private static final String SECRETS = "STIPEND_SECRET_";
  private static final Set<String> SLACK =
      Set.of(
          "SLACK_WEBHOOK_URL", "SLACK_WEBHOOK_URL_ARN", "SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_ARN");
  private static final Set<String> MAIL =
      Set.of(
          "SENDGRID_API_KEY",
          "SENDGRID_API_KEY_ARN",
          "SES_FROM_IDENTITY",
          "SMTP_URL",
          "SMTP_URL_ARN");

  private final Map<String, String> variables;

  LocalEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  boolean slackIsReal() {
    return SLACK.stream().anyMatch(this::has);
  }

  boolean webhookIsReal() {
    return has("WEBHOOK_URL") || has("WEBHOOK_URL_ARN");
  }

  boolean mailIsReal() {
    return MAIL.stream().anyMatch(this::has);
  }

  /// Addresses for caught mail, where the environment names none.
  Map<String, Object> addresses() {
    Map<String, Object> addresses = new HashMap<>();
    if (!has("ALERT_FROM_EMAIL")) {
      addresses.put("alert.from.email", "stipend@example.com");
    }
    if (!has("ALERT_TO_EMAIL")) {
      addresses.put("alert.to.email", "team@example.com");
    }
    return addresses;
  }

  /// Where sources may be, where the environment does not say: on this machine.
  Map<String, Object> sources() {
    return has(SOURCE_HOSTS)
        ? Map.of()
        : Map.of("stipend.source.hosts", "localhost, 127.0.0.1, 127.0.0.0/8");
  }

  /// Variables that describe a deployment's database and queues: this machine has its own. What
  /// sources and channels of a workspace are given stays.
  String[] excluded() {
    return variables.keySet().stream()
        .filter(name -> !name.equals(SOURCE_HOSTS) && !name.startsWith(SECRETS))
        .filter(
            name ->
                Stream.of(
                        "DATABASE_",
                        "USAGE_QUEUE_",
                        "ALERTS_QUEUE_",
                        "CONSOLE_",
                        "ADMIN_",
                        "STIPEND_")
                    .anyMatch(name::startsWith))
        .toArray(String[]::new);
  }

  /// Points the AWS SDK's queue client at this machine. Real credentials stay in use where a secret
  /// has to be read.
  void pointSdkAt(URI queues) {
    System.setProperty("aws.endpointUrlSqs", queues.toString());
    if (!has("AWS_REGION")) {
      System.setProperty("aws.region", LocalQueues.REGION.id());
    }
    if (variables.keySet().stream().noneMatch(name -> name.endsWith("_ARN"))
        && !has("SES_FROM_IDENTITY")) {
      System.setProperty("aws.accessKeyId", LocalQueues.CREDENTIAL);
      System.setProperty("aws.secretAccessKey", LocalQueues.CREDENTIAL);
    }
  }

  private boolean has(String name) {
    return !variables.getOrDefault(name, "").isBlank();
  }
}
