package dev.stipend.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.stipend.support.StipendExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The snippet by which receivers verify a webhook takes what is signed, and nothing else.
class WebhookSnippetTest {
  private static final String BODY = "{\"type\":\"alert.raised\",\"reason\":\"añadió 10 €\"}";

  @TempDir Path directory;

  @Test
  void theDocumentedSnippetTakesWhatIsSignedAndNothingElse() throws Exception {
    Assumptions.assumeTrue(hasPython(), "python3 is not installed");
    Matcher snippet =
        Pattern.compile("```python\n(.*?def verify\\(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "docs", "channels.md")));
    assertThat(snippet.find()).isTrue();
    long now = Instant.now().getEpochSecond();
    long old = now - Duration.ofMinutes(10).toSeconds();
    Path script =
        Files.writeString(
            directory.resolve("snippet.py"),
            snippet.group(1)
                + """

                def ask(time, signature, body, secret="%1$s"):
                    headers = {"webhook-id": "a1", "webhook-timestamp": time, "webhook-signature": signature}
                    print(verify(secret, headers, body.encode()))

                body = '%2$s'
                ask("%3$d", "%4$s", body)
                ask("%3$d", "v1,b2xk %4$s", body)
                ask("%3$d", "%4$s", body.replace("10", "11"))
                ask("%3$d", "%4$s", body, "whsec_b3RoZXI=")
                ask("%5$d", "%6$s", body)
                """
                    .formatted(
                        StipendExtension.WEBHOOK_SECRET, BODY, now, sign(now), old, sign(old)));
    Process python =
        new ProcessBuilder("python3", "-X", "utf8", script.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(python.inputReader().lines())
        .containsExactly("True", "True", "False", "False", "False");
    assertThat(python.waitFor()).isZero();
  }

  private static String sign(long time) throws Exception {
    return new Webhook(StipendExtension.WEBHOOK_SECRET).sign("a1", time, BODY);
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder(List.of("python3", "--version")).start().waitFor() == 0;
    } catch (IOException missing) {
      System.out.println("skipped: python3 is not installed, the documented snippet is not run");
      return false;
    }
  }
}
