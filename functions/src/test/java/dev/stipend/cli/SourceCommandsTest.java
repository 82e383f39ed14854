package dev.stipend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.WatchedHost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StipendExtension.class)
class SourceCommandsTest {
  private static final String[] CONNECT = {
    "source",
    "connect",
    "app",
    "--relation",
    "calls",
    "--url-secret",
    "HOST_DB_URL",
    "--column",
    "event_id=id",
    "--column",
    "occurred_at=at",
    "--column",
    "user_id=who",
    "--column",
    "cost=price"
  };

  private final Stipend stipend;
  private WatchedHost host;
  private int exitCode;

  SourceCommandsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    host = new WatchedHost(stipend);
  }

  private String run(String... arguments) {
    Map<String, Object> settings = new HashMap<>(stipend.settings());
    settings.put("host.db.url", host.readerUrl());
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    exitCode = StipendCommand.run(settings, out, out, arguments);
    return told.toString();
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  @Test
  void aSourceIsTriedConnectedPulledPausedAndRemoved() {
    host.call(SettableClock.START, "ana", "0.85");
    host.call(SettableClock.START, "ana", "'NaN'");
    assertThat(run(with(CONNECT, "--test")))
        .contains(
            "rows are identified by id and read in the order of at", "ana", "0.85", "is no number");
    assertThat(run("source", "list")).contains("There is no source");

    assertThat(run(CONNECT)).contains("app is connected: rows since 2026-06-01T00:00:00Z count");
    assertThat(exitCode).isZero();
    assertThat(run("source", "pull", "app")).contains("1 new row recorded.");
    assertThat(run("source", "rows", "app")).contains("cost NaN is no number");
    assertThat(run("source", "list")).containsPattern("app +ok +public\\.calls +1 +0 +1 ");
    assertThat(run("source", "pause", "app")).contains("app is paused.");
    assertThat(run("source", "list")).contains("paused");
    assertThat(run("source", "resume", "app")).contains("goes on");
    assertThat(run("source", "remove", "app")).contains("is removed");
    assertThat(run("source", "list")).contains("There is no source");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("1");
    assertThat(stipend.database.rows("SELECT action FROM stipend.audit_logs ORDER BY at, id"))
        .containsExactlyInAnyOrder(
            "source.create", "source.pause", "source.resume", "source.remove");
  }

  @Test
  void whatIsWrongIsSaidInASentenceWithoutAPassword() {
    assertThat(
            run("source", "connect", "app", "--relation", "nothing", "--url-secret", "HOST_DB_URL"))
        .contains("There is no table or view nothing in schema public")
        .doesNotContain("reader:", "Exception");
    assertThat(exitCode).isEqualTo(1);
    assertThat(run("source", "connect", "app", "--preset", "nobody"))
        .contains("preset must be one of agents-platform, ai-agent-system, litellm, prompt-budget");
    assertThat(run("source", "pull", "app")).contains("There is no source app");
    assertThat(run("source")).contains("Name a command");
    assertThat(exitCode).isEqualTo(2);
  }
}
