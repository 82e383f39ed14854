package dev.stipend.local;

import dev.stipend.local.queue.LocalQueues;
import dev.stipend.local.terminal.Terminal;

/// What is printed when everything is ready: where to look, how to send usage, how to stop.
final class Banner {

  private Banner() {}

  static String ready(LocalStack stack, LocalOptions options, Terminal terminal) {
    String queue = stack.usageQueue().url();
    String event =
        """
        {"eventId":"hello-1","occurredAt":"%s","userId":"me","model":"gpt-4o","inputTokens":1200,"outputTokens":300}\
        """
            .formatted(options.clock().instant());
    return """

      %s
      Console      %s
      API          %s/api   (X-API-Key: %s)
      Usage queue  %s
      Database     %s
      Data         %s
      Slack        %s
      Mail         %s

      Send usage:
        AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_REGION=%s aws sqs send-message \\
          --endpoint-url %s --queue-url %s \\
          --message-body '%s'
        curl -s '%s' -d Action=SendMessage --data-urlencode 'MessageBody=%s'
      Look:
        curl -s %s/api/budgets -H 'X-API-Key: %s'
      Call a function:
        curl -s -X POST %s/2015-03-31/functions/SweepBudgetsFunction/invocations -d '{}'

      Ctrl-C stops everything.
    """
        .formatted(
            terminal.bold("Stipend is ready."),
            stack.url(),
            stack.url(),
            stack.adminKey(),
            queue,
            stack.databaseAddress(),
            options.data().map(path -> path + " (kept)").orElse("in memory, gone at the end"),
            stack.slack().isPresent() ? "caught, shown here and at /local" : "real Slack",
            stack.mail().isPresent() ? "caught, shown here and at /local" : "real mail",
            LocalQueues.CREDENTIAL,
            LocalQueues.CREDENTIAL,
            LocalQueues.REGION.id(),
            stack.queueEndpoint(),
            queue,
            event,
            queue,
            event,
            stack.url(),
            stack.adminKey(),
            stack.url());
  }
}
