package dev.stipend.ingest.price;

import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Reads the part of the price book that a batch of events needs.
@Singleton
public class PriceBookRepository {
  private final JdbcOperations jdbc;
  private final ModelNames names;

  PriceBookRepository(JdbcOperations jdbc, ModelNames names) {
    this.jdbc = jdbc;
    this.names = names;
  }

  /// The prices that these models may have, under any name: the workspace's own and the list's in
  /// its currency, and the workspace's ceiling.
  @Transactional
  public PriceBook load(UUID workspace, String currency, Collection<ModelName> used) {
    return new PriceBook(names, read(workspace, currency, used));
  }

  /// The same prices as they stand.
  @Transactional
  List<ModelPrice> read(UUID workspace, String currency, Collection<ModelName> used) {
    if (used.isEmpty()) {
      return List.of();
    }
    Set<String> called = names.lookups(used);
    called.add(ModelName.CEILING.model());
    return jdbc.prepareStatement(
        """
        WITH meant AS (
          SELECT provider, model, aliases
          FROM stipend.model_prices
          WHERE workspace_id IN (?, ?)
            AND currency = ?
            AND (model = ANY (?) OR aliases && ?)
        ), named AS (
          SELECT provider, model
          FROM meant
          UNION
          SELECT provider, unnest(aliases)
          FROM meant
        )
        SELECT %s
        FROM named
        JOIN stipend.model_prices p USING (provider, model)
        WHERE p.workspace_id IN (?, ?)
          AND p.currency = ?
        """
            .formatted(PriceRow.COLUMNS),
        statement -> {
          Statements.Array texts = Statements.array("text", called);
          Statements.bind(
              statement,
              PriceRow.LIST,
              workspace,
              currency,
              texts,
              texts,
              PriceRow.LIST,
              workspace,
              currency);
          return Rows.list(statement, rows -> PriceRow.read(rows));
        });
  }

  /// Those of the workspaces that have a ceiling price, at which usage without a price counts.
  @Transactional
  public Set<UUID> ceilings(Set<UUID> workspaces) {
    if (workspaces.isEmpty()) {
      return Set.of();
    }
    return jdbc.prepareStatement(
        """
        SELECT DISTINCT workspace_id
        FROM stipend.model_prices
        WHERE workspace_id = ANY (?)
          AND provider = '*'
          AND model = '*'
        """,
        statement -> {
          statement.setArray(
              1, statement.getConnection().createArrayOf("uuid", workspaces.toArray()));
          return Rows.set(statement, rows -> rows.getObject(1, UUID.class));
        });
  }
}
