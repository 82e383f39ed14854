import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.AlertsApi;
import org.openapitools.client.api.BudgetsApi;
import org.openapitools.client.api.UsageAndSpendApi;
import org.openapitools.client.model.AlertResponsePage;
import org.openapitools.client.model.BudgetBody;
import org.openapitools.client.model.BudgetResponse;
import org.openapitools.client.model.UsageBody;
import org.openapitools.client.model.UsageEventBody;

/** The quick start of the README with a client that is generated for Java. */
final class QuickStart {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(System.getenv("API"));
    client.setRequestInterceptor(request -> request.header("X-API-Key", System.getenv("KEY")));
    BudgetResponse budget =
        new BudgetsApi(client)
            .createBudget(
                new BudgetBody()
                    .name("Java")
                    .limitAmount(new BigDecimal("1.00"))
                    .period(BudgetBody.PeriodEnum.MONTHLY)
                    .scope(BudgetBody.ScopeEnum.USER)
                    .scopeId("java")
                    .hardLimit(true),
                null);
    new UsageAndSpendApi(client)
        .recordUsage(
            new UsageBody()
                .addEventsItem(
                    new UsageEventBody()
                        .eventId("java-1")
                        .occurredAt(OffsetDateTime.now(ZoneOffset.UTC))
                        .userId("java")
                        .agentId("research")
                        .provider("openai")
                        .model("gpt-4o")
                        .cost(new BigDecimal("0.80"))));
    AlertResponsePage alerts =
        new AlertsApi(client).listAlerts(budget.getId(), "open", null, 1, null);
    System.out.println(budget.getName() + ": " + alerts.getItems().get(0).getReason());
  }
}
