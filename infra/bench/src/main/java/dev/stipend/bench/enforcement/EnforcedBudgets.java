package dev.stipend.bench.enforcement;

import dev.stipend.enforcement.Decision;
import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.enforcement.Settlement;
import dev.stipend.enforcement.Work;
import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.tenant.ApiKeys;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.Enforce;
import dev.stipend.usecase.SettleReservation;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/// Users with a hard monthly limit each, reserved from as API calls do; and rows of a plain table
/// to compare with, through the same driver and pool.
public final class EnforcedBudgets {
  private static final String KEY = "the-bench-s-key-of-nobody";
  private static final Money ESTIMATE = Money.of("0.01");
  private static final String SETTLEMENT = "{\"cost\":\"0.004\"}";

  private final Enforce enforcement;
  private final SettleReservation settling;
  private final Caller caller;
  private final DataSource pool;

  public EnforcedBudgets(ApplicationContext context, int users) {
    enforcement = context.getBean(Enforce.class);
    settling = context.getBean(SettleReservation.class);
    pool = ((DelegatingDataSource) context.getBean(DataSource.class)).getTargetDataSource();
    ApiKeys keys = context.getBean(ApiKeys.class);
    keys.ensure(Workspace.DEFAULT_SLUG, KEY, Role.INGEST, Optional.empty());
    caller = keys.authenticate(KEY, Instant.now()).orElseThrow();
    create(users);
  }

  private void create(int users) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO stipend.budgets (
            workspace_id, name, scope, scope_id, limit_amount, period, time_zone, hard_limit, counts_from, created_at,
            updated_at)
          SELECT w.id, 'user ' || n, 'user', 'user-' || n, 100000000, 'monthly', 'UTC', TRUE,
            now() - interval '2 months', now(), now()
          FROM stipend.workspaces w, generate_series(0, %d) AS n
          """
              .formatted(users - 1));
      statement.execute(
          """
          CREATE TABLE plain_counters (id integer PRIMARY KEY, held numeric NOT NULL) WITH (fillfactor = 70)
          """);
      statement.execute(
          "INSERT INTO plain_counters SELECT n, 0 FROM generate_series(0, %d) AS n"
              .formatted(users - 1));
      statement.execute("VACUUM ANALYZE stipend.budgets, plain_counters");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  ReserveOutcome.Reserved reserve(int user) {
    Instant now = Instant.now();
    ReserveOutcome outcome =
        enforcement.reserve(
            caller,
            work(user),
            now.plus(Duration.ofMinutes(30)),
            Optional.empty(),
            now,
            reserved -> "");
    if (outcome instanceof ReserveOutcome.Reserved reserved) {
      return reserved;
    }
    throw new IllegalStateException("not reserved: " + outcome);
  }

  public void reserveAndSettle(int user) {
    ReserveOutcome.Reserved reserved = reserve(user);
    Optional<Settlement> settled =
        settling.settle(
            caller.workspace(),
            reserved.reservation().id(),
            (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(SETTLEMENT)),
            SETTLEMENT.getBytes(StandardCharsets.UTF_8),
            Instant.now());
    if (settled.isEmpty()) {
      throw new IllegalStateException("nothing to settle");
    }
  }

  void validate(int user) {
    Decision decision = enforcement.validate(caller, work(user), Instant.now());
    if (!decision.isAllowed()) {
      throw new IllegalStateException("refused: " + decision);
    }
  }

  /// The limit of reserving: one durable update of one row.
  void updatePlain(int row) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE plain_counters SET held = held + ? WHERE id = ?")) {
      statement.setBigDecimal(1, ESTIMATE.amount());
      statement.setInt(2, row);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("no row " + row);
      }
    }
  }

  /// The limit of validating: one row by its key.
  void readPlain(int row) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT held FROM plain_counters WHERE id = ?")) {
      statement.setInt(1, row);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        found.getBigDecimal(1);
      }
    }
  }

  private static Work work(int user) {
    return new Work(
        new Attribution("user-" + user, "research", "", "", "openai", "gpt-4o"),
        Map.of(),
        Optional.of(ESTIMATE),
        TokenUsage.NONE,
        Optional.empty());
  }
}
