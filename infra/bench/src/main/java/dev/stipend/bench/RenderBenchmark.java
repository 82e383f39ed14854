package dev.stipend.bench;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.bench.figure.Figure;
import dev.stipend.budget.Severity;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.email.EmailNotifier;
import dev.stipend.platform.json.JsonText;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.email.Email;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.UUID;

/// How long a mail with a chart takes to be written, by one thread, from the snapshot that is
/// stored with the delivery.
final class RenderBenchmark {
  private static final int WARM_UP = 200;
  private static final int MEASURED = 300;
  private static final double MOST_MILLIS = 50;

  private RenderBenchmark() {}

  static List<Figure> run() {
    try (ApplicationContext context =
        ApplicationContext.builder(Map.of("alert.from.email", "alerts@example.com"))
            .deduceEnvironment(false)
            .eagerInitSingletons(false)
            .start()) {
      return measure(context.getBean(EmailNotifier.class), context.getBean(JsonText.class));
    }
  }

  private static List<Figure> measure(EmailNotifier notifier, JsonText json) {
    Channel channel =
        new Channel(
            new UUID(0, 1), new UUID(0, 2), ChannelKind.EMAIL, "team", Map.of(), Severity.INFO);
    String stored = stored();
    double[] millis = new double[MEASURED];
    for (int i = -WARM_UP; i < MEASURED; i++) {
      long start = System.nanoTime();
      Email mail = notifier.render(channel, json.read(stored, Argument.of(AlertSnapshot.class)));
      double took = (System.nanoTime() - start) / 1e6;
      if (mail.getAttachments() == null || mail.getAttachments().isEmpty()) {
        throw new IllegalStateException("the mail has no chart");
      }
      if (i >= 0) {
        millis[i] = took;
      }
    }
    Arrays.sort(millis);
    return List.of(
        figure("write a mail with chart, median", millis[MEASURED / 2]),
        figure("write a mail with chart, 95th percentile", millis[MEASURED * 95 / 100]));
  }

  private static Figure figure(String name, double millis) {
    return new Figure(
        name, "ms", millis, OptionalDouble.empty(), new Figure.Requirement.AtMost(MOST_MILLIS));
  }

  private static String stored() {
    try (InputStream in =
        Objects.requireNonNull(RenderBenchmark.class.getResourceAsStream("snapshot.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
