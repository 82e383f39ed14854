package dev.stipend.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console of the shipped zip, restored from a snapshot: from the link in a message to its
/// alert.
class ShippedConsoleTest {
  private static final String MIGRATE = "MigrateDatabaseFunction";
  private static final String API = "BudgetApiFunction";
  private static final String DOMAIN = "abc123.execute-api.example.com";
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir static Path directory;

  @Test
  void theLinkOfAMessageLeadsToItsAlertWhereTheGatewayIs() throws Exception {
    try (ShippedZip zip = Zip.unpack();
        Cloud cloud = new Cloud(zip, directory)) {
      ExecutionEnvironment migrate = cloud.start(MIGRATE, ExecutionEnvironment.Start.COLD);
      assertThat(migrate.invoke(cloud.stackEvent("Create")).failed()).isFalse();
      ExecutionEnvironment api = cloud.start(API, ExecutionEnvironment.Start.SNAPSHOT).restore();

      APIGatewayV2HTTPResponse signedIn =
          send(api, "POST", "/session", Map.of("content-type", FORM), "key=" + Cloud.ADMIN_KEY);
      assertThat(signedIn.getStatusCode()).as(api.log()).isEqualTo(303);
      String cookie = signedIn.getCookies().getFirst().replaceFirst(";.*", "");
      APIGatewayV2HTTPResponse first = send(api, "GET", "/", Map.of("cookie", cookie), "");
      assertThat(first.getBody()).contains("curl -X POST https://" + DOMAIN + "/api/usage");

      Map<String, String> asAdmin =
          Map.of("x-api-key", Cloud.ADMIN_KEY, "content-type", "application/json");
      String budget =
          """
          {"name":"Linked","limitAmount":"1","period":"daily","scope":"user","scopeId":"linked"}
          """;
      assertThat(send(api, "POST", "/api/budgets", asAdmin, budget).getStatusCode()).isEqualTo(201);
      String usage =
          """
          {"events":[{"eventId":"linked","occurredAt":"%s","userId":"linked","provider":"openai",
            "model":"gpt-4o","cost":"0.9"}]}
          """
              .formatted(Instant.now());
      APIGatewayV2HTTPResponse recorded = send(api, "POST", "/api/usage", asAdmin, usage);
      assertThat(recorded.getBody()).contains("\"recorded\":1");

      String link = cloud.value("SELECT payload ->> 'link' FROM stipend.alert_logs");
      assertThat(link).startsWith("https://" + DOMAIN + "/alerts/");
      APIGatewayV2HTTPResponse page =
          send(
              api, "GET", link.replaceFirst("https://" + DOMAIN, ""), Map.of("cookie", cookie), "");
      assertThat(page.getStatusCode()).isEqualTo(200);
      assertThat(page.getBody()).contains("<h1 dir=\"auto\">Linked</h1>");
      assertThat(api.log()).doesNotContain(Cloud.ADMIN_KEY, cookie);
    }
  }

  /// As the gateway sends it, from the console's own page.
  private static APIGatewayV2HTTPResponse send(
      ExecutionEnvironment api,
      String method,
      String path,
      Map<String, String> headers,
      String body) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "host", DOMAIN,
                "origin", "https://" + DOMAIN,
                "accept", "text/html,*/*;q=0.8",
                "x-forwarded-proto", "https",
                "x-forwarded-for", "203.0.113.9"));
    all.putAll(headers);
    String cookie = all.remove("cookie");
    RequestContext context =
        RequestContext.builder()
            .withDomainName(DOMAIN)
            .withHttp(RequestContext.Http.builder().withMethod(method).withPath(path).build())
            .build();
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRawPath(path)
            .withRawQueryString("")
            .withHeaders(all)
            .withCookies(cookie == null ? null : List.of(cookie))
            .withBody(body.isEmpty() ? null : body)
            .withRequestContext(context)
            .build();
    return Cloud.invoke(api, APIGatewayV2HTTPEvent.class, event, APIGatewayV2HTTPResponse.class)
        .orElseThrow();
  }
}
