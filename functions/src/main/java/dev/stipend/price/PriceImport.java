package dev.stipend.price;

import dev.stipend.audit.AuditLog;
import dev.stipend.audit.Deed;
import dev.stipend.json.InvalidJsonException;
import dev.stipend.json.JsonText;
import dev.stipend.sql.AfterCommit;
import dev.stipend.workspace.Workspace;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Sets a workspace's own prices. The same prices again change nothing.
@Singleton
public class PriceImport {
  private final PriceFile file;
  private final PriceWriter writer;
  private final AuditLog log;
  private final JsonText json;
  private final ApplicationEventPublisher<PricesChanged> changed;

  PriceImport(
      PriceFile file,
      PriceWriter writer,
      AuditLog log,
      JsonText json,
      ApplicationEventPublisher<PricesChanged> changed) {
    this.file = file;
    this.writer = writer;
    this.log = log;
    this.json = json;
    this.changed = changed;
  }

  /// Sets the prices of a file.
  ///
  /// @param text the file, in Stipend's or LiteLLM's form
  /// @param effectiveFrom from when those prices hold that do not say it
  /// @param actor who sets them, for the audit log
  /// @param later told of the prices that changed, once they are committed
  /// @throws InvalidJsonException if the file has neither form, or its prices are in another
  ///     currency
  public PricesImported read(
      Workspace workspace,
      String text,
      Instant effectiveFrom,
      String actor,
      Instant now,
      AfterCommit later) {
    PriceSheet sheet = file.read(text);
    if (!sheet.currency().equals(workspace.currency())) {
      throw new InvalidJsonException(
          "currency",
          "of the file is %s; the workspace counts in %s"
              .formatted(sheet.currency(), workspace.currency()));
    }
    return set(
        workspace, sheet, effectiveFrom, new Deed(actor, "price.import", "prices"), now, later);
  }

  /// Sets one price.
  ///
  /// @param actor who sets it, for the audit log
  /// @param later told of the price that changed, once it is committed
  public PricesImported set(
      Workspace workspace, NewPrice price, String actor, Instant now, AfterCommit later) {
    PriceSheet sheet = new PriceSheet(workspace.currency(), List.of(price), List.of(), List.of());
    Deed deed = new Deed(actor, "price.set", "price " + label(price.name()));
    return set(workspace, sheet, now, deed, now, later);
  }

  private PricesImported set(
      Workspace workspace,
      PriceSheet sheet,
      Instant effectiveFrom,
      Deed deed,
      Instant now,
      AfterCommit later) {
    Instant from = effectiveFrom.truncatedTo(ChronoUnit.MICROS);
    List<PriceWriter.Fate> fates =
        log.together(() -> add(workspace, sheet.prices(), from, deed, now));
    Set<ModelName> set = new LinkedHashSet<>();
    int imported = 0;
    int unchanged = 0;
    List<PriceSheet.Remark> skipped = new ArrayList<>(sheet.skipped());
    for (int i = 0; i < fates.size(); i++) {
      ModelName name = sheet.prices().get(i).name();
      switch (fates.get(i)) {
        case ADDED -> {
          set.add(name);
          imported++;
        }
        case UNCHANGED -> unchanged++;
        case TAKEN ->
            skipped.add(
                new PriceSheet.Remark(
                    label(name),
                    "has another price from exactly that instant, which stays; choose another"
                        + " effectiveFrom"));
      }
    }
    if (!set.isEmpty()) {
      later.add(() -> changed.publishEvent(new PricesChanged(workspace, set)));
    }
    return new PricesImported(imported, unchanged, List.copyOf(skipped), sheet.notes());
  }

  /// Adds prices, and writes down which are new.
  private List<PriceWriter.Fate> add(
      Workspace workspace, List<NewPrice> prices, Instant from, Deed deed, Instant now) {
    List<PriceWriter.Fate> fates = writer.add(workspace, prices, from, now);
    List<Map<String, String>> added = new ArrayList<>();
    for (int i = 0; i < fates.size(); i++) {
      if (fates.get(i) == PriceWriter.Fate.ADDED) {
        added.add(shown(prices.get(i), from));
      }
    }
    if (!added.isEmpty()) {
      log.write(workspace.id(), deed.resultingIn(json.write(Map.of("prices", added))), now);
    }
    return fates;
  }

  private static Map<String, String> shown(NewPrice price, Instant from) {
    Map<String, String> shown = new TreeMap<>();
    shown.put("model", label(price.name()));
    shown.put("effectiveFrom", price.effectiveFrom().orElse(from).toString());
    price
        .prices()
        .perMillion()
        .forEach((kind, rate) -> shown.put(kind.label(), rate.toPlainString()));
    return shown;
  }

  private static String label(ModelName name) {
    return name.provider() + "/" + name.model();
  }
}
