package dev.stipend.migration;

import dev.stipend.migration.lint.ParsedStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/// Brings `prices/list-prices.json` into the database, again whenever the file has changed.
///
/// An entry is known by provider, model and `effectiveFrom`: one that is there takes the file's
/// figures, so that a mistake can be corrected; one that is no longer in the file stays. An entry
/// without `effectiveFrom` is a model's first price and covers what was used before it.
public final class ListPrices implements JavaMigration {
  private static final String FILE = "/prices/list-prices.json";

  /// What it sends, with the file as its parameter.
  static final String UPSERT =
      """
      INSERT INTO stipend.model_prices (
        workspace_id, currency, provider, model, effective_from, aliases, input_per_million,
        cached_input_per_million, cache_write_per_million, audio_input_per_million, output_per_million,
        reasoning_per_million, audio_output_per_million, tariff, source, quoted_on)
      SELECT CAST('00000000-0000-0000-0000-000000000000' AS uuid), file.list ->> 'currency',
        entry ->> 'provider', entry ->> 'model',
        CAST(coalesce(entry ->> 'effectiveFrom', '2000-01-01T00:00:00Z') AS timestamptz),
        ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'aliases', '[]'))),
        CAST(price ->> 'input' AS numeric), CAST(price ->> 'cachedInput' AS numeric),
        CAST(price ->> 'cacheWrite' AS numeric), CAST(price ->> 'audioInput' AS numeric),
        CAST(price ->> 'output' AS numeric), CAST(price ->> 'reasoning' AS numeric),
        CAST(price ->> 'audioOutput' AS numeric),
        nullif(jsonb_strip_nulls(jsonb_build_object(
          'perMillion', nullif(price - ARRAY['input', 'cachedInput', 'cacheWrite', 'audioInput', 'output', 'reasoning',
            'audioOutput'], '{}'),
          'rates', entry -> 'rates')), '{}'),
        entry ->> 'source', CAST(entry ->> 'quotedOn' AS date)
      FROM (SELECT CAST(? AS jsonb) AS list) file
      CROSS JOIN LATERAL jsonb_array_elements(file.list -> 'prices') AS entry
      CROSS JOIN LATERAL (SELECT entry -> 'perMillion' AS price) prices
      ON CONFLICT (workspace_id, provider, model, effective_from) DO UPDATE
      SET currency = EXCLUDED.currency,
          aliases = EXCLUDED.aliases,
          input_per_million = EXCLUDED.input_per_million,
          cached_input_per_million = EXCLUDED.cached_input_per_million,
          cache_write_per_million = EXCLUDED.cache_write_per_million,
          audio_input_per_million = EXCLUDED.audio_input_per_million,
          output_per_million = EXCLUDED.output_per_million,
          reasoning_per_million = EXCLUDED.reasoning_per_million,
          audio_output_per_million = EXCLUDED.audio_output_per_million,
          tariff = EXCLUDED.tariff,
          source = EXCLUDED.source,
          quoted_on = EXCLUDED.quoted_on
      """;

  private final byte[] file;

  public ListPrices() {
    try (InputStream in =
        Objects.requireNonNull(ListPrices.class.getResourceAsStream(FILE), FILE)) {
      file = in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// What it would run, with the file's text.
  static PlannedMigration planned(String name) {
    String text = new String(new ListPrices().file, StandardCharsets.UTF_8);
    return new PlannedMigration(
        name,
        true,
        List.of(
            new PlannedMigration.PlannedStatement(
                UPSERT,
                1,
                ParsedStatement.of(UPSERT).lock(),
                Optional.of(text),
                Optional.empty())));
  }

  /// None: it is repeated.
  @Override
  public @Nullable MigrationVersion getVersion() {
    return null;
  }

  @Override
  public String getDescription() {
    // Not "list prices", which was a migration in SQL: Flyway refuses another type under its name.
    return "list prices of the file";
  }

  @Override
  public Integer getChecksum() {
    CRC32 checksum = new CRC32();
    checksum.update(file);
    return (int) checksum.getValue();
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    try (PreparedStatement statement = context.getConnection().prepareStatement(UPSERT)) {
      statement.setString(1, new String(file, StandardCharsets.UTF_8));
      statement.executeUpdate();
    }
  }
}
