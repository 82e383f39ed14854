package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Prices, and the models that wait for one, as people see and set them.
@ExtendWith(StipendExtension.class)
final class PricePagesTest {
  private static final String HOSTILE = "<script>alert(1)</script>\u202e\u05d0";

  private final Stipend stipend;
  private final Browser admin;

  PricePagesTest(Stipend stipend) {
    this.stipend = stipend;
    this.admin = Browser.ofAdmin(stipend);
  }

  private void use(String event, String provider, String model, Instant at) {
    stipend.record(
        """
        {"eventId":"%s","occurredAt":"%s","userId":"u1","provider":"%s","model":"%s","inputTokens":1000000}\
        """
            .formatted(event, at, provider, model));
  }

  private static Map<String, String> price(String model, String input) {
    Map<String, String> fields = new HashMap<>();
    fields.put("provider", "acme");
    fields.put("model", model);
    fields.put("perMillion.input", input);
    fields.put("perMillion.output", "0");
    return fields;
  }

  @Test
  void aModelThatWaitsGetsItsPriceAfterItWasShownWhatThatWouldMean() {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    use("e1", "acme", "new-model", SettableClock.START);
    use("e2", "acme", "new-model", SettableClock.START);
    use("e3", "acme", "other-model", SettableClock.START);

    Document list = admin.page("/prices");
    assertThat(list.select("[aria-labelledby=waiting] tbody tr").eachText())
        .hasSize(2)
        .first()
        .asString()
        .contains("new-model acme", "2", "2,000,000 in, 0 out");
    Document form =
        admin.page(list.select("[aria-labelledby=waiting] tbody a").getFirst().attr("href"));
    assertThat(form.select("[name=model]").attr("value")).isEqualTo("new-model");
    assertThat(form.select("[name=provider]").attr("value")).isEqualTo("acme");

    Answer preview = admin.submit("/prices/preview", price("new-model", "3"));
    assertThat(preview.status()).as(preview.body()).isEqualTo(200);
    Document shown = Browser.document(preview);
    assertThat(shown.select("[aria-labelledby=effect]").text())
        .contains("Waiting usage that it prices: 2 events, for $6.00")
        .contains("Test Budget");
    assertThat(shown.select("[aria-labelledby=effect] strong").attr("title")).isEqualTo("6.00 USD");
    assertThat(shown.select("[aria-labelledby=effect] tbody .number").text()).isEqualTo("$6.00");
    assertThat(shown.select("[name=perMillion.input]").attr("value")).isEqualTo("3");
    assertThat(stipend.api("GET", "/api/prices?book=workspace", "").items())
        .as("nothing is set by looking")
        .isEmpty();
    assertThat(stipend.database.value("SELECT spend FROM stipend.budget_periods"))
        .isEqualTo("0.000000000000");

    Answer set = admin.submit("/prices", price("new-model", "3"));
    assertThat(set.status()).as(set.body()).isEqualTo(303);
    assertThat(set.header("location")).isEqualTo("/prices?q=new-model");
    Document after = admin.page("/prices?q=new-model");
    assertThat(after.select("[aria-labelledby=waiting] tbody tr")).hasSize(1);
    assertThat(after.select("[aria-label=Prices by model] tbody td").getFirst().text())
        .startsWith("input 3 output 0 Since");
    assertThat(stipend.database.value("SELECT spend FROM stipend.budget_periods"))
        .isEqualTo("6.000000000000");
    assertThat(stipend.api("GET", "/api/prices?book=workspace", "").body())
        .contains("\"model\":\"new-model\"", "\"input\":\"3\"");
    assertThat(
            stipend.database.rows(
                "SELECT action, target, actor LIKE 'key %' FROM stipend.audit_logs WHERE action"
                    + " LIKE 'price.%'"))
        .containsExactly("price.set|price acme/new-model|t");
  }

  @Test
  void theApiTellsTheSameBeforeAPriceIsSet() {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    use("e1", "acme", "new-model", SettableClock.START);
    String body =
        "{\"provider\":\"acme\",\"model\":\"new-model\",\"perMillion\":{\"input\":3,\"output\":0}}";
    Answer told = stipend.api("POST", "/api/prices/preview", body);
    assertThat(told.status()).as(told.body()).isEqualTo(200);
    assertThat(told.text("pricesEvents")).isEqualTo("1");
    assertThat(told.text("costedEvents")).isEqualTo("1");
    assertThat(told.text("cost")).isEqualTo("3.00");
    assertThat(told.text("unchanged")).isEqualTo("false");
    assertThat(told.body()).contains("\"budgetName\":\"Test Budget\",\"cost\":\"3.00\"");
    assertThat(stipend.api("POST", "/api/prices", body).text("pricesEvents")).isEqualTo("1");
    Answer again = stipend.api("POST", "/api/prices/preview", body);
    assertThat(again.text("unchanged")).as(again.body()).isEqualTo("true");
    assertThat(again.text("pricesEvents")).isEqualTo("0");
    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/prices/preview",
                    body.replace(
                        "\"model\"",
                        "\"effectiveFrom\":\"%s\",\"model\"".formatted(SettableClock.START)))
                .status())
        .isEqualTo(200);
    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/prices/preview",
                    body.replace(":3", ":4")
                        .replace(
                            "\"model\"",
                            "\"effectiveFrom\":\"%s\",\"model\"".formatted(SettableClock.START)))
                .status())
        .isEqualTo(409);
  }

  @Test
  void ownPricesStandBesideThoseOfTheListAndAreFoundByAnyPartOfTheirName() {
    stipend.api(
        "POST",
        "/api/prices",
        "{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"perMillion\":{\"input\":\"1.5\",\"output\":6}}");
    Document own = admin.page("/prices?book=workspace");
    assertThat(own.select("[aria-label=Prices by model] tbody th").eachText())
        .containsExactly("gpt-4o openai");
    assertThat(own.select("[aria-label=Prices by model] tbody td").eachText())
        .satisfies(
            cells -> {
              assertThat(cells.get(0)).startsWith("input 1.5 output 6");
              assertThat(cells.get(1)).contains("input 2.5", "output 10");
            });
    assertThat(admin.page("/prices?q=GPT-4O").select("tbody th")).hasSizeGreaterThan(1);
    assertThat(admin.page("/prices?q=none-like-it").select(".empty").text())
        .isEqualTo("No model is like that.");
    assertThat(stipend.api("GET", "/api/prices?q=GPT-4O&book=workspace", "").items()).hasSize(1);

    Document first = admin.page("/prices");
    Document second = admin.page(first.select("a[rel=next]").attr("href"));
    assertThat(first.select("tbody th")).hasSize(50);
    assertThat(second.select("tbody th").eachText())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(first.select("tbody th").eachText());
    assertThat(admin.get("/prices?cursor=none").status()).isEqualTo(400);
  }

  @Test
  void whatIsWrongStandsBesideItsFieldAndTheFormKeepsWhatWasFilledIn() {
    Map<String, String> wrong = price("m", "-1");
    wrong.remove("provider");
    wrong.put("effectiveFrom", "yesterday");
    wrong.put("rates", "{");
    for (String path : List.of("/prices/preview", "/prices")) {
      Answer answer = admin.submit(path, wrong);
      assertThat(answer.status()).isEqualTo(400);
      wrong.remove("rates");
    }
    Document form = Browser.document(admin.submit("/prices/preview", wrong));
    assertThat(form.select("[aria-invalid]").eachAttr("name"))
        .contains("provider", "perMillion.input", "effectiveFrom");
    assertThat(form.select("[id=error-provider]").text()).isEqualTo("is required");
    assertThat(form.select("[name=effectiveFrom]").attr("value")).isEqualTo("yesterday");
    assertThat(form.select("[role=alert] li").eachText()).contains("provider is required");

    Map<String, String> dated = price("m", "1");
    dated.put("effectiveFrom", "2026-06-01T00:00:00Z");
    assertThat(admin.submit("/prices", dated).status()).isEqualTo(303);
    dated.put("perMillion.input", "2");
    for (String path : List.of("/prices/preview", "/prices")) {
      Answer taken = admin.submit(path, dated);
      assertThat(taken.status()).isEqualTo(409);
      assertThat(Browser.document(taken).select("[id=error-effectiveFrom]").text())
          .contains("choose another effectiveFrom");
    }
  }

  @Test
  void aFileOfPricesIsTakenAndToldWhatBecameOfIt() {
    Answer done =
        admin.submit(
            "/prices/import",
            Map.of(
                "file",
                "{\"prices\":[{\"provider\":\"acme\",\"model\":\"m\",\"perMillion\":{\"input\":1,\"output\":2}},"
                    + "{\"provider\":\"acme\",\"model\":\"<b>x</b>\"}]}"));
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    Document page = Browser.document(done);
    assertThat(page.select("[role=status]").text())
        .isEqualTo("New: 1. In force before: 0. Not taken: 1. Events priced: 0.");
    assertThat(page.select("[aria-labelledby=skipped]").text()).contains("<b>x</b>", "perMillion");
    assertThat(page.select("main b")).isEmpty();
    assertThat(stipend.api("GET", "/api/prices?book=workspace", "").items()).hasSize(1);

    Answer none = admin.submit("/prices/import", Map.of("file", "[]"));
    assertThat(none.status()).isEqualTo(400);
    assertThat(Browser.document(none).select("#error-file").text()).contains("must be a list");
  }

  @Test
  void whoMayOnlyReadLooksAndOthersSeeNothingOfIt() {
    use("e1", "acme", HOSTILE, SettableClock.START);
    Browser reader = new Browser(stipend);
    reader.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    Document page = reader.page("/prices");
    assertThat(page.select("main form[method=post], main a[href^=/prices/new]")).isEmpty();
    assertThat(page.select("[aria-labelledby=waiting]").text()).contains("<script>alert(1)");
    assertThat(page.select("main script")).isEmpty();
    for (String path : List.of("/prices", "/prices/preview", "/prices/import")) {
      assertThat(reader.submit(path, price("m", "1")).status()).isEqualTo(403);
    }
    for (String path : List.of("/prices/new", "/prices/import")) {
      assertThat(reader.get(path).status()).isEqualTo(403);
    }
    assertThat(admin.post("/prices", price("m", "1")).status()).as("no token").isEqualTo(403);
    assertThat(stipend.api("GET", "/api/prices?book=workspace", "").items()).isEmpty();

    Browser elsewhere = new Browser(stipend);
    elsewhere.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    assertThat(elsewhere.page("/prices").select("[aria-labelledby=waiting]")).isEmpty();
    String form = admin.page("/prices").select("[aria-labelledby=waiting] a").attr("href");
    Document filled = admin.page(form);
    assertThat(filled.select("main script")).isEmpty();
    assertThat(filled.select("[name=model]").attr("value")).startsWith("<script>");
  }

  @Test
  void itSpeaksSpanish() {
    assertThat(
            Browser.ofAdmin(stipend)
                .with("accept-language", "es")
                .page("/prices")
                .select("h1")
                .text())
        .isEqualTo("Precios");
  }
}
