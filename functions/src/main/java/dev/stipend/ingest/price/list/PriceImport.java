package dev.stipend.ingest.price.list;

import dev.stipend.ingest.price.LatePrices;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.NewPrice;
import dev.stipend.ingest.price.PriceWriter;
import dev.stipend.ingest.price.PricesChanged;
import dev.stipend.ingest.price.TariffJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.sql.AfterCommit;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Workspace;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sets a workspace's own prices. The same prices again change nothing.
@Singleton
public class PriceImport {
  private final PriceFile file;
  private final PriceWriter writer;
  private final LatePrices late;
  private final AuditLog log;
  private final JsonText json;
  private final AfterCommit afterCommit;
  private final ApplicationEventPublisher<PricesChanged> changed;

  PriceImport(
      PriceFile file,
      PriceWriter writer,
      LatePrices late,
      AuditLog log,
      JsonText json,
      AfterCommit afterCommit,
      ApplicationEventPublisher<PricesChanged> changed) {
    this.file = file;
    this.writer = writer;
    this.late = late;
    this.log = log;
    this.json = json;
    this.afterCommit = afterCommit;
    this.changed = changed;
  }

  /// Sets the prices of a file.
  ///
  /// @param text the file, in Stipend's or LiteLLM's form
  /// @param effectiveFrom from when those prices hold that do not say it; if this is not said
  ///     either, the first price of a model holds from the earliest event that waits for it, and
  ///     all others from now on
  /// @param actor who sets them, for the audit log
  /// @throws InvalidJsonException if the file has neither form, or its prices are in another
  ///     currency
  public PricesImported read(
      Workspace workspace,
      String text,
      Optional<Instant> effectiveFrom,
      String actor,
      Instant now) {
    ParsedPriceFile sheet = file.read(text);
    if (!sheet.currency().equals(workspace.currency())) {
      throw new InvalidJsonException(
          "currency",
          "of the file is %s; the workspace counts in %s"
              .formatted(sheet.currency(), workspace.currency()));
    }
    return set(
        workspace, sheet, effectiveFrom, new AuditEvent(actor, "price.import", "prices"), now);
  }

  /// Sets one price. If it does not say from when it holds, that is as in a file.
  ///
  /// @param actor who sets it, for the audit log
  public PricesImported set(Workspace workspace, NewPrice price, String actor, Instant now) {
    ParsedPriceFile sheet =
        new ParsedPriceFile(workspace.currency(), List.of(price), List.of(), List.of());
    AuditEvent deed = new AuditEvent(actor, "price.set", "price " + label(price.name()));
    return set(workspace, sheet, Optional.empty(), deed, now);
  }

  /// What became of prices, in their order, and how many events they price.
  private record Written(List<PriceWriter.Fate> outcomes, long pricesEvents) {}

  private PricesImported set(
      Workspace workspace,
      ParsedPriceFile sheet,
      Optional<Instant> effectiveFrom,
      AuditEvent deed,
      Instant now) {
    List<NewPrice> wanted =
        effectiveFrom
            .map(from -> from.truncatedTo(ChronoUnit.MICROS))
            .map(from -> sheet.prices().stream().map(price -> price.fromOr(from)).toList())
            .orElse(sheet.prices());
    Written written = log.together(() -> add(workspace, wanted, deed, now));
    List<PriceWriter.Fate> outcomes = written.outcomes();
    int imported = 0;
    int unchanged = 0;
    List<ParsedPriceFile.Remark> skipped = new ArrayList<>(sheet.skipped());
    for (int i = 0; i < outcomes.size(); i++) {
      ModelName name = sheet.prices().get(i).name();
      switch (outcomes.get(i)) {
        case ADDED -> imported++;
        case UNCHANGED -> unchanged++;
        case TAKEN ->
            skipped.add(new ParsedPriceFile.Remark(label(name), PriceWriter.TAKEN_BECAUSE));
      }
    }
    return new PricesImported(
        imported, unchanged, List.copyOf(skipped), sheet.notes(), written.pricesEvents());
  }

  /// Adds prices, and writes down which are new. Once they are committed, what waits for them is
  /// priced.
  private Written add(Workspace workspace, List<NewPrice> wanted, AuditEvent deed, Instant now) {
    List<NewPrice> prices = late.dated(workspace, wanted, now.truncatedTo(ChronoUnit.MICROS));
    List<PriceWriter.Fate> outcomes = writer.add(workspace, prices, now);
    List<NewPrice> added = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) == PriceWriter.Fate.ADDED) {
        added.add(prices.get(i));
      }
    }
    if (added.isEmpty()) {
      return new Written(outcomes, 0);
    }
    List<Map<String, String>> shown = added.stream().map(PriceImport::shown).toList();
    log.write(workspace.id(), deed.resultingIn(json.write(Map.of("prices", shown))), now);
    Set<ModelName> models = added.stream().map(NewPrice::name).collect(Collectors.toSet());
    afterCommit.run(() -> changed.publishEvent(new PricesChanged(workspace, models)));
    return new Written(outcomes, late.priced(workspace, added));
  }

  private static Map<String, String> shown(NewPrice price) {
    Map<String, String> shown = new TreeMap<>();
    shown.put("model", label(price.name()));
    shown.put("effectiveFrom", price.effectiveFrom().orElseThrow().toString());
    shown.putAll(TariffJson.shown(price.prices().perMillion()));
    if (!price.prices().rates().isEmpty()) {
      shown.put("rates", Integer.toString(price.prices().rates().size()));
    }
    return shown;
  }

  private static String label(ModelName name) {
    return name.provider() + "/" + name.model();
  }
}
