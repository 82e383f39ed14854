package dev.stipend.local;

import dev.stipend.local.catcher.SlackBotCatcher;
import dev.stipend.local.queue.LocalQueues;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.function.aws.MicronautLambdaContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The one application context of all functions, with the properties that a deployment gives by
/// environment variables.
final class FunctionContext {
  /// Two for each processor: with more, requests wait for each other inside the database.
  private static final int POOL = 2 * Runtime.getRuntime().availableProcessors();

  private final Map<String, Object> properties = new HashMap<>();
  private final LocalEnvironment environment;

  FunctionContext(
      LocalOptions options, LocalEnvironment environment, String consoleUrl, String adminKey) {
    this.environment = environment;
    properties.put("console.url", consoleUrl);
    // On AWS every execution environment has a connection of its own; here they share one pool.
    properties.put("datasources.default.maximum-pool-size", POOL);
    properties.put("admin.api.key", adminKey);
    properties.put("admin.user.id", "local");
    // The port serves this machine only: whoever is at it need not sign in.
    properties.put("console.local.key", adminKey);
    options.fixedClock().ifPresent(this::standStill);
    properties.putAll(environment.sources());
  }

  /// While the clock stands still, who waits for a second to pass waits for ever.
  private void standStill(Instant instant) {
    properties.put("stipend.clock", instant.toString());
    properties.put("slack.pace", "0s");
    properties.put("email.pace", "0s");
  }

  FunctionContext database(String url) {
    properties.put("database.url", url);
    return this;
  }

  FunctionContext queues(LocalQueues queues, String usageQueue, String alertsQueue) {
    environment.pointSdkAt(queues.endpoint());
    properties.put("usage.queue.url", queues.queue(usageQueue).url());
    properties.put("alerts.queue.url", queues.queue(alertsQueue).url());
    return this;
  }

  /// @param api where the methods are that a bot calls; empty if the real Slack is used
  FunctionContext slackBot(Optional<String> api) {
    api.ifPresent(
        url -> {
          properties.put("slack.api.url", url);
          properties.put("slack.bot.token", SlackBotCatcher.TOKEN);
          properties.put("slack.channel", SlackBotCatcher.PLACE);
        });
    return this;
  }

  /// @param secret what it signs with
  FunctionContext webhook(Optional<String> url, String secret) {
    url.ifPresent(
        value -> {
          properties.put("webhook.url", value);
          properties.put("webhook.signing.secret", secret);
        });
    return this;
  }

  FunctionContext smtp(Optional<String> url) {
    url.ifPresent(
        value -> {
          properties.put("smtp.url", value);
          properties.putAll(environment.addresses());
        });
    return this;
  }

  ApplicationContext start() {
    return ApplicationContext.builder(
            Environment.FUNCTION, MicronautLambdaContext.ENVIRONMENT_LAMBDA)
        .deduceEnvironment(false)
        .environmentVariableExcludes(environment.excluded())
        .properties(properties)
        .start();
  }
}
