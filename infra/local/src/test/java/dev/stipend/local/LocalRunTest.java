package dev.stipend.local;

import static dev.stipend.local.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.local.catcher.CaughtMail;
import dev.stipend.local.catcher.MailCatcher;
import dev.stipend.local.demo.DemoBudgets;
import dev.stipend.local.demo.DemoTraffic;
import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole machine, end to end: real handlers, real queues, real database.
class LocalRunTest {

  private static final Path TEMPLATE = Path.of("..", "..", "template.yaml");

  @TempDir Path directory;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(screen, true, StandardCharsets.UTF_8), false);

  @Test
  void aSingleRunLoadsEvaluatesDeliversAndSumsUp() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("usage.csv"),
            """
            occurred_at,input_tokens,output_tokens
            2026-03-10 11:58:00.1234567,14000000,0
            2026-03-10T11:59:00Z,400000,1
            2026-03-10T11:59:30Z,minus one,1
            2020-01-01T00:00:00Z,1,1
            """);
    Map<String, String> options =
        Map.of(
            "stipend.once", "true",
            "stipend.data", directory.resolve("data").toString(),
            "stipend.usage", file.toString(),
            "stipend.usage.model", "gpt-4o",
            "stipend.clock", "2026-03-10T12:00:00Z");

    run(options);

    assertThat(screen())
        .contains("2 recorded, 0 duplicate, 2 rejected (reasons in ")
        .contains("14,400,000 input, 1 output")
        .contains("36.000010000000 USD")
        .contains("LIMIT_WARNING at 80 % (open, sent 3)")
        .containsPattern(
            "Daily, Asia/Kathmandu +workspace +2026-03-10 00:00 +2026-03-11 00:00"
                + " +Asia/Kathmandu +36\\.000010000000 +45 +80\\.0 %");
    assertThat(directory.resolve("usage.rejected.csv"))
        .content()
        .contains("3,\"input_tokens \"\"minus one\"\" is not a whole number from 0\"")
        .contains("4,")
        .contains("older than 35 days");

    screen.reset();
    run(options);

    assertThat(screen())
        .contains("0 recorded, 2 duplicate, 2 rejected")
        .contains("36.000010000000 USD");
  }

  @Test
  void theBannerTellsWhereTheDatabaseIsWithoutAPassword() throws Exception {
    try (Closing closing = new Closing()) {
      LocalOptions options = options(Map.of("stipend.data", "memory", "stipend.port", "0"));
      LocalStack stack =
          LocalStack.start(
              options,
              SamTemplate.read(TEMPLATE),
              new LocalEnvironment(Map.of()),
              terminal,
              closing);

      Matcher address =
          Pattern.compile(" Database +postgresql://(\\w+)@(127\\.0\\.0\\.1:\\d+/\\w+)\n")
              .matcher(Banner.ready(stack, options, terminal));

      assertThat(address.find()).isTrue();
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:postgresql://" + address.group(2), address.group(1), null);
          Statement statement = connection.createStatement()) {
        assertThat(statement.executeQuery("SELECT slug FROM stipend.workspaces").next()).isTrue();
      }
    }
  }

  @Test
  void theSamplesFirstWarningReachesSlackAndMailWithinHalfAMinute() throws Exception {
    try (Closing closing = new Closing()) {
      LocalStack stack =
          LocalStack.start(
              options(Map.of("stipend.data", "memory", "stipend.port", "0")),
              SamTemplate.read(TEMPLATE),
              new LocalEnvironment(Map.of()),
              terminal,
              closing);
      new DemoBudgets(stack.url(), stack.adminKey(), stack.json()).createForSample();
      DemoTraffic traffic = new DemoTraffic(stack::send, stack.json(), Clock.systemUTC(), terminal);
      Thread playing = Thread.startVirtualThread(() -> traffic.play(true));

      await()
          .until(
              () ->
                  stack.slack().orElseThrow().newestFirst().stream()
                          .anyMatch(message -> message.toString().contains("Warning"))
                      && mails(stack).stream()
                          .anyMatch(mail -> mail.subject().startsWith("[warning]"))
                      && stack.webhooks().orElseThrow().newestFirst().stream()
                          .anyMatch(event -> "alert.raised".equals(event.payload().get("type"))));
      playing.interrupt();
      playing.join();
    }
  }

  private static List<CaughtMail> mails(LocalStack stack) {
    return stack.mail().map(MailCatcher::newestFirst).orElseThrow();
  }

  private void run(Map<String, String> values) throws IOException {
    try (Closing closing = new Closing()) {
      new LocalRun(
              options(values),
              SamTemplate.read(TEMPLATE),
              new LocalEnvironment(Map.of()),
              terminal,
              closing)
          .run();
    }
  }

  private static LocalOptions options(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    return LocalOptions.from(properties);
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
