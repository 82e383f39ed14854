package dev.stipend.ingest.price;

import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.tenant.Workspace;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Shows what models cost by a workspace's own prices beside what they cost by the list's.
@Singleton
public class PriceComparison {
  private final JdbcOperations jdbc;

  PriceComparison(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// A model with the price of each book that is in force, or is the next to be.
  public record Pair(ModelName name, Optional<PriceRecord> own, Optional<PriceRecord> listed) {}

  /// Which models are asked for.
  ///
  /// @param q their provider and name, or an alias, contain this text
  /// @param onlyOwn only those that the workspace has a price of its own for
  /// @param after those after this one, for the next page
  public record Question(Optional<String> q, boolean onlyOwn, Optional<ModelName> after) {}

  /// A page of models, by provider and name.
  @Transactional
  public List<Pair> page(Workspace workspace, Question asked, Instant now, int limit) {
    String q = asked.q().map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse(null);
    String provider = asked.after().map(ModelName::provider).orElse(null);
    String model = asked.after().map(ModelName::model).orElse(null);
    List<PriceRecord> found =
        Sql.list(
            jdbc,
            """
            WITH wanted AS (
              SELECT DISTINCT provider, model
              FROM stipend.model_prices
              WHERE workspace_id IN (?, ?)
                AND currency = ?
                AND (NOT CAST(? AS boolean) OR workspace_id <> ?)
                AND (CAST(? AS text) IS NULL OR strpos(provider || '/' || model, ?) > 0
                  OR EXISTS (SELECT FROM unnest(aliases) AS alias WHERE strpos(alias, ?) > 0))
                AND coalesce((provider, model) > (?, ?), true)
              ORDER BY provider, model
              LIMIT ?)
            SELECT DISTINCT ON (p.provider, p.model, p.workspace_id) %s, p.source, p.quoted_on
            FROM wanted
            JOIN stipend.model_prices p USING (provider, model)
            WHERE p.workspace_id IN (?, ?)
              AND p.currency = ?
            ORDER BY p.provider, p.model, p.workspace_id, p.effective_from > ?,
              CASE WHEN p.effective_from <= ? THEN p.effective_from END DESC, p.effective_from
            """
                .formatted(PriceRow.COLUMNS),
            rows ->
                new PriceRecord(
                    PriceRow.read(rows),
                    Optional.ofNullable(rows.getString("source")),
                    rows.getObject("quoted_on", LocalDate.class)),
            PriceRow.LIST,
            workspace.id(),
            workspace.currency(),
            asked.onlyOwn(),
            PriceRow.LIST,
            q,
            q,
            q,
            provider,
            model,
            limit,
            PriceRow.LIST,
            workspace.id(),
            workspace.currency(),
            Instants.parameter(now),
            Instants.parameter(now));
    return pairs(found);
  }

  private static List<Pair> pairs(List<PriceRecord> found) {
    Map<ModelName, Pair> pairs = new LinkedHashMap<>();
    for (PriceRecord each : found) {
      Pair one =
          each.price().own()
              ? new Pair(each.price().name(), Optional.of(each), Optional.empty())
              : new Pair(each.price().name(), Optional.empty(), Optional.of(each));
      pairs.merge(
          one.name(),
          one,
          (first, second) ->
              new Pair(
                  first.name(), first.own().or(second::own), first.listed().or(second::listed)));
    }
    return new ArrayList<>(pairs.values());
  }
}
