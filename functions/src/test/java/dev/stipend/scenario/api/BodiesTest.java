package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies of requests that administer: how they are read, and all that is wrong with one at once.
@ExtendWith(StipendExtension.class)
final class BodiesTest {
  private static final String KEY = "{\"name\":\"ci\",\"role\":\"read\"}";

  /// Types, ranges, choices, what is missing, what is unknown: each is named, and nothing else.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/api/budgets | {`name`:7,`limitAmount`:-5,`period`:`fortnightly`,`hardlimit`:true} | name"
            + " must be a string; limitAmount must not be negative; period must be one of; scope is"
            + " required; hardlimit is not a known field",
        "/api/budgets | {`name`:`B`,`limitAmount`:`ten`,`period`:`daily`,`scope`:`workspace`,"
            + "`anchorDay`:32,`alertAt`:`high`,`channels`:[`Nobody`],`colour`:1} | limitAmount is"
            + " not a decimal number; anchorDay must be a whole number from 1 to 31; alertAt must"
            + " be a percent; channels[0] must be the id or the exact name; colour is not a known"
            + " field",
        "/api/channels | {`name`:[],`minSeverity`:`loud`,`isDefault`:`yes`,`colour`:`red`} | kind"
            + " is required; name must be a string; minSeverity must be one of; isDefault must be"
            + " true or false; colour is not a known field",
        "/api/keys | {`name`:` `,`role`:`owner`,`userId`:7,`scopes`:[],`expiresAt`:null} | name"
            + " must; role must be one of; userId must be a string; scopes is not a known field;"
            + " expiresAt is not a known field",
      })
  void fiveMistakesAreFiveErrors(String path, String body, String expected, Stipend stipend) {
    Answer refused = stipend.api("POST", path, body.replace('`', '"'));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    List<String> errors =
        ((List<?>) Objects.requireNonNull(refused.json().get("errors")))
            .stream()
                .map(error -> (Map<?, ?>) error)
                .map(error -> error.get("field") + " " + error.get("message"))
                .toList();
    List<String> beginnings = List.of(expected.split("; "));
    assertThat(errors).hasSize(5).hasSameSizeAs(beginnings);
    assertThat(beginnings)
        .allSatisfy(
            begins -> assertThat(errors).as(begins).anyMatch(error -> error.startsWith(begins)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/budgets", "/api/channels", "/api/keys", "/api/reservations"})
  void whatIsNotJsonByItsTypeIsRefused(String path, Stipend stipend) {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      Answer refused =
          stipend.api(
              "POST", path, "{}", Map.of("x-api-key", Stipend.ADMIN_KEY, "content-type", type));

      assertThat(refused.status()).as(refused.body()).isEqualTo(415);
      assertThat(refused.text("detail")).isEqualTo("Send Content-Type: application/json.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/budgets,name is required; limitAmount is required; period is required; scope is required",
    "/api/channels,kind is required; name is required",
    "/api/keys,name is required; role is required"
  })
  void aBodyThatIsMissingIsToldWhatItNeeds(String path, String detail, Stipend stipend) {
    Answer refused = stipend.api("POST", path, "");

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.text("detail")).isEqualTo(detail);
  }

  @Test
  void aBodyMayBeCompressed(Stipend stipend) throws IOException {
    Answer made = stipend.apiInBytes("/api/keys", gzip(KEY), Map.of("content-encoding", "gzip"));

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.text("name")).isEqualTo("ci");
  }

  @Test
  void aBodyThatIsNoUtf8IsRefused(Stipend stipend) {
    byte[] latin = KEY.replace("ci", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    Answer refused = stipend.apiInBytes("/api/keys", latin, Map.of());

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.text("detail")).isEqualTo("The body is not UTF-8.");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream compressing = new GZIPOutputStream(bytes)) {
      compressing.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
