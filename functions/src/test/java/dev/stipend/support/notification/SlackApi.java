package dev.stipend.support.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Slack's methods, played by the tests' HTTP server.
public final class SlackApi {
  public static final String TOKEN = "xoxb-0000-secretBotToken";
  public static final String PLACE = "C0TEAM";

  private static final String UPLOADS = "/slack-upload";

  private SlackApi() {}

  /// Has a method answer.
  public static void answer(String method, String json) {
    TestServers.HTTP.stubFor(WireMock.post(urlEqualTo(path(method))).willReturn(okJson(json)));
  }

  /// Has messages posted from now on get this `ts`.
  public static void postsGet(String place, String ts) {
    answer(
        "chat.postMessage", "{\"ok\":true,\"channel\":\"%s\",\"ts\":\"%s\"}".formatted(place, ts));
  }

  /// Has files be taken.
  public static void takesFiles() {
    answer(
        "files.getUploadURLExternal",
        "{\"ok\":true,\"file_id\":\"F1\",\"upload_url\":\"%s\"}"
            .formatted(TestServers.HTTP.url(UPLOADS)));
    TestServers.HTTP.stubFor(WireMock.post(urlEqualTo(UPLOADS)).willReturn(WireMock.ok("OK - 1")));
    answer("files.completeUploadExternal", "{\"ok\":true,\"files\":[{\"id\":\"F1\"}]}");
  }

  /// The files that were taken, oldest first.
  public static List<byte[]> uploaded() {
    return TestServers.HTTP.findAll(postRequestedFor(urlEqualTo(UPLOADS))).stream()
        .map(LoggedRequest::getBody)
        .toList();
  }

  /// Everything that a method was called with, oldest first.
  public static List<Map<String, String>> calls(String method) {
    return TestServers.HTTP.findAll(postRequestedFor(urlEqualTo(path(method)))).stream()
        .map(SlackApi::form)
        .toList();
  }

  /// Its JSON as people read it: the SDK writes angle brackets as escapes.
  private static Map<String, String> form(LoggedRequest request) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String field : request.getBodyAsString().split("&", -1)) {
      String[] parts = field.split("=", 2);
      form.put(
          parts[0],
          URLDecoder.decode(parts[parts.length - 1], StandardCharsets.UTF_8)
              .replace("\\u003c", "<")
              .replace("\\u003e", ">")
              .replace("\\u0026", "&"));
    }
    return form;
  }

  /// Makes a channel of a bot, and answers its id.
  public static String channel(Stipend stipend, String name, String place) {
    return channel(stipend, name, place, "");
  }

  /// The same with more of a config, after a comma.
  public static String channel(Stipend stipend, String name, String place, String more) {
    stipend.set("bot.token.of.test", TOKEN);
    return stipend
        .api(
            "POST",
            "/api/channels",
            """
            {"kind":"slack_bot","name":"%s","config":{"tokenSecret":"BOT_TOKEN_OF_TEST","channel":"%s"%s}}
            """
                .formatted(name, place, more))
        .text("id");
  }

  private static String path(String method) {
    return "/slack-api/" + method;
  }
}
