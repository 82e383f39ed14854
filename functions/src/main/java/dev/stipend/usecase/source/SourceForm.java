package dev.stipend.usecase.source;

import dev.stipend.budget.mirror.BudgetTable;
import dev.stipend.ingest.source.CostUnit;
import dev.stipend.ingest.source.SourcePreset;
import dev.stipend.ingest.source.SourceSettings;
import dev.stipend.platform.host.HostSchema;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.secrets.SecretName;
import dev.stipend.platform.secrets.SecretShape;
import dev.stipend.platform.secrets.Tenant;
import dev.stipend.tenant.Workspace;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A source as somebody asks for it.
///
/// @param from from when on its rows count
public record SourceForm(SourceSettings settings, ConnectSource.From from) {
  private static final int LONGEST_NAME = 100;

  private static final int MOST_COLUMNS = 40;
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static final Map<String, ConnectSource.From> WORDS =
      Map.of(
          "now",
          new ConnectSource.From.Now(),
          "month",
          new ConnectSource.From.Month(),
          "all",
          new ConnectSource.From.All());

  /// Reads one.
  ///
  /// @param isOperator whether whoever asks may read the function's own database
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public static SourceForm read(@Nullable Object json, Workspace workspace, boolean isOperator) {
    JsonFields fields = JsonFields.of(json);
    fields.require("name");
    String name = fields.name("name", LONGEST_NAME).orElse("");
    Optional<SourcePreset> preset = fields.oneOf("preset", SourcePreset.choices());
    String schema = HostSchema.read(fields);
    Optional<String> relation = fields.text("relation", HostSchema.LONGEST_NAME);
    if (relation.isEmpty() && preset.isEmpty()) {
      fields.require("relation");
    }
    Map<String, String> columns = fields.texts("columns", MOST_COLUMNS, HostSchema.LONGEST_NAME);
    Optional<CostUnit> unit = fields.oneOf("costUnit", Labels.choices(CostUnit.class));
    if (preset.isPresent() && !columns.isEmpty()) {
      fields.error("columns", "must be left out, as the preset knows the columns");
    }
    if (preset.isPresent() && unit.filter(other -> other != CostUnit.UNITS).isPresent()) {
      fields.error("costUnit", "must be left out, as the preset knows the unit");
    }
    ZoneId zone = fields.zone("timeZone").orElse(UTC);
    Duration every = every(fields).orElse(SourceSettings.USUAL_EVERY);
    Duration lookback = lookback(fields).orElse(SourceSettings.usualLookback(preset));
    Optional<String> secret = secret(fields, workspace, isOperator);
    boolean keepsBudgets = !BudgetTable.of(preset).isEmpty();
    boolean mirrors = fields.bool("mirrorBudgets").orElse(keepsBudgets);
    if (mirrors && !keepsBudgets) {
      fields.error("mirrorBudgets", "must be left out, as no budgets are known of such a table");
    }
    Optional<String> writeSecret = named(fields, "writeSecret", workspace);
    if (writeSecret.isPresent() && !mirrors && !SourceSettings.keepsMonths(preset)) {
      fields.error(
          "writeSecret",
          "must be left out, as such a table has no place for what was spent; agents-platform has,"
              + " and ai-agent-system where its budgets are mirrored");
    }
    ConnectSource.From from = from(fields);
    fields.refuseUnknown();
    fields.check();
    return new SourceForm(
        new SourceSettings(
            name,
            preset,
            schema,
            relation.orElseGet(() -> SourceSettings.usualRelation(preset.orElseThrow())),
            secret,
            columns,
            unit.orElse(CostUnit.UNITS),
            zone,
            every,
            lookback,
            mirrors,
            writeSecret),
        from);
  }

  /// What may be edited of a source.
  ///
  /// @param paused whether it is to be paused, or to go on; empty to leave it as it is
  public record Edit(String name, Duration every, Duration lookback, Optional<Boolean> paused) {
    /// Reads one; what it does not name stays.
    ///
    /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
    public static Edit read(@Nullable Object json, SourceSettings before) {
      JsonFields fields = JsonFields.of(json);
      Edit edit =
          new Edit(
              fields.name("name", LONGEST_NAME).orElse(before.name()),
              SourceForm.every(fields).orElse(before.every()),
              SourceForm.lookback(fields).orElse(before.lookback()),
              fields.bool("paused"));
      fields.refuseUnknown();
      fields.check();
      return edit;
    }
  }

  private static Optional<Duration> every(JsonFields fields) {
    return fields
        .whole("everySeconds", 0, SourceSettings.LONGEST_EVERY.toSeconds())
        .map(Duration::ofSeconds);
  }

  private static Optional<Duration> lookback(JsonFields fields) {
    return fields
        .whole(
            "lookbackSeconds",
            SourceSettings.SHORTEST_LOOKBACK.toSeconds(),
            SourceSettings.LONGEST_LOOKBACK.toSeconds())
        .map(Duration::ofSeconds);
  }

  private static Optional<String> secret(
      JsonFields fields, Workspace workspace, boolean isOperator) {
    Optional<String> secret = named(fields, "urlSecret", workspace);
    if (secret.isEmpty() && !isOperator) {
      fields.error(
          "urlSecret",
          "is required: it names the secret with the URL of your database; only the operator may"
              + " read the function's own");
    }
    return secret;
  }

  private static Optional<String> named(JsonFields fields, String field, Workspace workspace) {
    Optional<String> secret = SecretName.read(fields, field, new Tenant(workspace.slug(), false));
    secret.filter(SecretShape::fits).ifPresent(isOne -> fields.error(field, SecretShape.REFUSAL));
    return secret;
  }

  private static ConnectSource.From from(JsonFields fields) {
    Optional<Object> given = fields.any("from");
    if (given.isPresent() && given.get() instanceof String word && WORDS.containsKey(word)) {
      return WORDS.get(word);
    }
    return fields
        .instant("from")
        .<ConnectSource.From>map(ConnectSource.From.At::new)
        .orElseGet(ConnectSource.From.Month::new);
  }
}
