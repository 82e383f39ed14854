package dev.stipend.bench.console;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.InvocationContext;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.StipendUnderTest;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import dev.stipend.lambda.BudgetApiFunction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Pages over ten thousand budgets and the rollup of a year with ten million events.
public final class ConsoleBenchmark {
  private static final int WARM_UP = 30;
  private static final int ROUNDS = 60;
  private static final int OK = 200;
  private static final int SEE_OTHER = 303;
  private static final String HOST = "stipend.example.com";
  private static final String NAME = "console";

  /// Half of the budgets have spent something; every hundredth is exceeded.
  private static final String FILL =
      """
      INSERT INTO stipend.budgets (
        workspace_id, name, scope, scope_id, limit_amount, period, time_zone, hard_limit, counts_from, created_at, updated_at)
      SELECT w.id, 'Budget ' || n, 'user', 'user-' || n, 100, 'monthly', 'UTC', n % 3 = 0,
        now() - interval '1 year', now(), now()
      FROM stipend.workspaces w, generate_series(0, 9999) AS n
      WHERE w.slug = 'default';

      INSERT INTO stipend.budget_thresholds (workspace_id, budget_id, kind, percent, severity)
      SELECT b.workspace_id, b.id, 'actual', line.percent, line.severity
      FROM stipend.budgets b, (VALUES (80, 'warning'), (100, 'critical')) AS line (percent, severity);

      INSERT INTO stipend.budget_periods (
        workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, requests, dirty,
        data_as_of, evaluated_at)
      SELECT workspace_id, id, scope_id, date_trunc('month', now(), 'UTC'),
        date_trunc('month', now(), 'UTC') + interval '1 month', limit_amount,
        CASE WHEN row_number() OVER () % 100 = 0 THEN 101 ELSE 40 END, 1000, FALSE, now(), now()
      FROM stipend.budgets;

      INSERT INTO stipend.cost_tracking (
        workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
        cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
      SELECT w.id, date_trunc('day', now(), 'UTC') + interval '1 day' - interval '15 minutes' * quarter,
        'user-' || who, 'agent-' || who % 5, '', 'team-' || who % 4, 'openai', 'model-' || who % 6,
        0.01, 15, 0, 15000, 0, 1500
      FROM stipend.workspaces w, generate_series(96, 35136) AS quarter, generate_series(0, 19) AS who
      WHERE w.slug = 'default';
      """;

  private ConsoleBenchmark() {}

  /// A page, and how many milliseconds it may take.
  private record Page(String name, String path, double most) {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    try (StipendUnderTest stipend = new StipendUnderTest(postgres.create(NAME), queue);
        Connection connection = postgres.connect(NAME, Map.of());
        Statement statement = connection.createStatement()) {
      statement.execute(FILL);
      statement.execute("VACUUM ANALYZE");
      String budget;
      try (ResultSet row =
          statement.executeQuery("SELECT id FROM stipend.budgets WHERE scope_id = 'user-7'")) {
        row.next();
        budget = row.getString(1);
      }
      return measure(
          new BudgetApiFunction(stipend.context()),
          List.of(
              new Page("overview", "/", 100),
              new Page("list of budgets", "/budgets", 150),
              new Page("budget", "/budgets/" + budget, 150)));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<Figure> measure(BudgetApiFunction api, List<Page> pages) {
    String cookie =
        send(api, "POST", "/session", "", "key=" + StipendUnderTest.ADMIN_KEY, SEE_OTHER)
            .getCookies()
            .getFirst()
            .replaceFirst(";.*", "");
    Map<String, Medians> times = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Page page : Medians.turn(pages, Math.floorMod(round, pages.size()))) {
        long start = System.nanoTime();
        send(api, "GET", page.path(), cookie, "", OK);
        if (round >= 0) {
          times
              .computeIfAbsent(page.name(), name -> new Medians())
              .add(page.name(), (System.nanoTime() - start) / 1e6);
        }
      }
    }
    return pages.stream()
        .map(
            page ->
                new Figure(
                    "page of the " + page.name() + ", 10,000 budgets, 10 million events",
                    "ms",
                    times.getOrDefault(page.name(), new Medians()).of(page.name()),
                    OptionalDouble.empty(),
                    new Figure.Requirement.AtMost(page.most())))
        .toList();
  }

  private static APIGatewayV2HTTPResponse send(
      BudgetApiFunction api, String method, String path, String cookie, String body, int expected) {
    String[] parts = path.split("\\?", 2);
    Map<String, String> headers =
        new HashMap<>(
            Map.of(
                "host", HOST,
                "origin", "https://" + HOST,
                "accept", "text/html",
                "accept-encoding", "gzip",
                "content-type", "application/x-www-form-urlencoded",
                "x-forwarded-proto", "https",
                "x-forwarded-for", "203.0.113.9"));
    APIGatewayV2HTTPResponse answer =
        api.handleRequest(
            APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRawPath(parts[0])
                .withRawQueryString(parts.length > 1 ? parts[1] : "")
                .withHeaders(headers)
                .withCookies(cookie.isEmpty() ? null : List.of(cookie))
                .withBody(body.isEmpty() ? null : body)
                .withRequestContext(
                    RequestContext.builder()
                        .withHttp(
                            RequestContext.Http.builder()
                                .withMethod(method)
                                .withPath(parts[0])
                                .build())
                        .build())
                .build(),
            new InvocationContext());
    if (answer.getStatusCode() != expected) {
      throw new IllegalStateException(
          path + " answered " + answer.getStatusCode() + ": " + answer.getBody());
    }
    return answer;
  }
}
