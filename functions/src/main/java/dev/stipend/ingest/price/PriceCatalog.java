package dev.stipend.ingest.price;

import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Statements;
import dev.stipend.tenant.Workspace;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Lists the prices that hold for a workspace: its own, and the list's in its currency.
@Singleton
public class PriceCatalog {
  private final JdbcOperations jdbc;
  private final Providers providers;

  PriceCatalog(JdbcOperations jdbc, Providers providers) {
    this.jdbc = jdbc;
    this.providers = providers;
  }

  /// A page of prices, ordered by provider, model and effective date.
  @Transactional
  public List<PriceRecord> page(Workspace workspace, PriceFilter filter, int limit) {
    return jdbc.prepareStatement(
        """
        SELECT %s, p.source, p.quoted_on
        FROM (
          SELECT every.*,
            row_number() OVER (
              PARTITION BY provider, model
              ORDER BY CASE WHEN workspace_id = ? THEN 1 ELSE 0 END, effective_from DESC) AS precedence
          FROM stipend.model_prices every
          WHERE workspace_id IN (?, ?)
            AND currency = ?
            AND provider = coalesce(?, provider)
            AND (CAST(? AS text) IS NULL OR model = ? OR ? = ANY (aliases))
            AND (CAST(? AS text) IS NULL OR strpos(provider || '/' || model, ?) > 0
              OR EXISTS (SELECT FROM unnest(aliases) AS alias WHERE strpos(alias, ?) > 0))
            AND effective_from <= coalesce(CAST(? AS timestamptz), 'infinity')
        ) p
        WHERE (CAST(? AS timestamptz) IS NULL OR precedence = 1)
          AND coalesce((p.workspace_id <> ?) = CAST(? AS boolean), true)
          AND coalesce((provider, model, effective_from, p.workspace_id <> ?) > (?, ?, ?, ?), true)
        ORDER BY provider, model, effective_from, p.workspace_id <> ?
        LIMIT ?
        """
            .formatted(PriceRow.COLUMNS),
        statement -> {
          bind(statement, workspace, filter);
          statement.setObject(21, PriceRow.LIST);
          statement.setInt(22, limit);
          return Rows.list(
              statement,
              rows ->
                  new PriceRecord(
                      PriceRow.read(rows),
                      Optional.ofNullable(rows.getString("source")),
                      rows.getObject("quoted_on", LocalDate.class)));
        });
  }

  private void bind(PreparedStatement statement, Workspace workspace, PriceFilter filter)
      throws SQLException {
    UUID list = PriceRow.LIST;
    String model = filter.model().map(name -> name.strip().toLowerCase(Locale.ROOT)).orElse(null);
    String q = filter.q().map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse(null);
    Instant at = filter.at().orElse(null);
    PriceKey after = filter.after().orElse(null);
    Statements.bind(
        statement,
        list,
        list,
        workspace.id(),
        workspace.currency(),
        filter.provider().map(providers::canonical).orElse(null),
        model,
        model,
        model,
        q,
        q,
        q,
        at,
        at,
        list,
        filter.own().orElse(null),
        list,
        after == null ? null : after.name().provider(),
        after == null ? null : after.name().model(),
        Instants.parameter(after == null ? null : after.effectiveFrom()),
        after == null ? null : after.own());
  }
}
