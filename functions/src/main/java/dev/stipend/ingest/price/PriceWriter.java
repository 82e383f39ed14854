package dev.stipend.ingest.price;

import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import dev.stipend.tenant.Workspace;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds prices to those of a workspace. A price that is there is never changed or deleted: what it
/// priced would no longer be explained.
@Singleton
public class PriceWriter {
  /// What is said of a price that is {@link Fate#TAKEN}, after its name.
  public static final String TAKEN_BECAUSE =
      "already has a different price from exactly that instant, which stays; choose another"
          + " effectiveFrom";

  /// What became of a price that was to be set.
  public enum Fate {
    ADDED,
    /// The same price is in force at that instant already.
    UNCHANGED,
    /// Another price holds from exactly that instant, or stands before it in the same import.
    TAKEN
  }

  private final JdbcOperations jdbc;
  private final JsonText json;

  PriceWriter(JdbcOperations jdbc, JsonText json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Sets prices; the answer has a fate for each, in their order.
  ///
  /// @param prices each with the instant from which it holds
  @Transactional
  public List<Fate> add(Workspace workspace, List<NewPrice> prices, Instant now) {
    PriceIndex shelf = new PriceIndex(own(workspace, prices));
    Map<PriceKey, NewPrice> wanted = new LinkedHashMap<>();
    Map<PriceKey, NewPrice> seen = new HashMap<>();
    List<Fate> outcomes = new ArrayList<>();
    for (NewPrice price : prices) {
      PriceKey key = key(price);
      NewPrice twin = seen.putIfAbsent(key, price);
      // Of two entries with one name the first counts, whatever was in force: else each import
      // would set both in turn.
      Fate outcome =
          twin == null
              ? outcome(shelf.named(price.name()), price, key.effectiveFrom())
              : same(twin.prices(), twin.aliases(), price) ? Fate.UNCHANGED : Fate.TAKEN;
      if (outcome == Fate.ADDED) {
        wanted.put(key, price);
      }
      outcomes.add(outcome);
    }
    Set<PriceKey> added = insert(workspace, List.copyOf(wanted.entrySet()), now);
    List<Fate> all = new ArrayList<>();
    for (int i = 0; i < prices.size(); i++) {
      PriceKey key = key(prices.get(i));
      boolean lostARace = outcomes.get(i) == Fate.ADDED && !added.contains(key);
      all.add(lostARace ? Fate.TAKEN : outcomes.get(i));
    }
    return all;
  }

  /// What would become of a price.
  ///
  /// @param price with the instant from which it would hold
  @Transactional
  public Fate foresee(Workspace workspace, NewPrice price) {
    PriceIndex shelf = new PriceIndex(own(workspace, List.of(price)));
    return outcome(shelf.named(price.name()), price, key(price).effectiveFrom());
  }

  private static PriceKey key(NewPrice price) {
    return new PriceKey(price.name(), price.effectiveFrom().orElseThrow(), true);
  }

  private static Fate outcome(List<ModelPrice> own, NewPrice price, Instant from) {
    for (ModelPrice each : own) {
      if (!each.effectiveFrom().isAfter(from)) {
        if (same(each.prices(), each.aliases(), price)) {
          return Fate.UNCHANGED;
        }
        return each.effectiveFrom().equals(from) ? Fate.TAKEN : Fate.ADDED;
      }
    }
    return Fate.ADDED;
  }

  private static boolean same(TokenPrices prices, List<String> aliases, NewPrice price) {
    return prices.sameRates(price.prices())
        && new HashSet<>(aliases).equals(new HashSet<>(price.aliases()));
  }

  private List<ModelPrice> own(Workspace workspace, List<NewPrice> prices) {
    return Sql.list(
        jdbc,
        """
        SELECT %s
        FROM stipend.model_prices p
        WHERE p.workspace_id = ?
          AND p.currency = ?
          AND p.model = ANY (?)
        """
            .formatted(PriceRow.COLUMNS),
        rows -> PriceRow.read(rows),
        workspace.id(),
        workspace.currency(),
        Statements.array("text", prices.stream().map(p -> p.name().model()).toList()));
  }

  private Set<PriceKey> insert(
      Workspace workspace, List<Map.Entry<PriceKey, NewPrice>> rows, Instant now) {
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.model_prices (
          workspace_id, currency, provider, model, effective_from, aliases, source, quoted_on,
          input_per_million, cached_input_per_million, cache_write_per_million, audio_input_per_million,
          output_per_million, reasoning_per_million, audio_output_per_million, tariff)
        SELECT ?, ?, added.provider, added.model, added.effective_from, string_to_array(added.aliases, E'\\n'),
          added.source, CAST(added.quoted_on AS date), added.input, added.cached_input, added.cache_write,
          added.audio_input, added.output, added.reasoning, added.audio_output,
          CAST(added.tariff AS jsonb)
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS added (
          provider, model, effective_from, aliases, source, quoted_on, input, cached_input, cache_write, audio_input,
          output, reasoning, audio_output, tariff)
        ORDER BY added.provider, added.model, added.effective_from
        ON CONFLICT DO NOTHING
        RETURNING provider, model, effective_from
        """,
        statement -> {
          Statements.bind(statement, workspace.id(), workspace.currency());
          ArrayBinder<Map.Entry<PriceKey, NewPrice>> binder =
              new ArrayBinder<>(statement, 3, rows)
                  .texts(row -> row.getKey().name().provider())
                  .texts(row -> row.getKey().name().model())
                  .instants(row -> row.getKey().effectiveFrom())
                  .texts(row -> String.join("\n", row.getValue().aliases()))
                  .texts(row -> row.getValue().source().orElse(null))
                  .texts(row -> row.getValue().quotedOn().orElse(today).toString());
          for (TokenKind kind : TokenKind.values()) {
            if (kind.hasColumn()) {
              binder.decimals(row -> price(row.getValue(), kind));
            }
          }
          binder.texts(
              row -> TariffJson.stored(row.getValue().prices()).map(json::write).orElse(null));
          Set<PriceKey> added = new HashSet<>();
          try (ResultSet keys = statement.executeQuery()) {
            while (keys.next()) {
              ModelName name = new ModelName(keys.getString("provider"), keys.getString("model"));
              added.add(new PriceKey(name, Instants.read(keys, "effective_from"), true));
            }
          }
          return added;
        });
  }

  private static @Nullable BigDecimal price(NewPrice price, TokenKind kind) {
    return price.prices().perMillion().get(kind);
  }
}
