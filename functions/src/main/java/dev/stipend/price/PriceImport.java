package dev.stipend.price;

import dev.stipend.json.InvalidJsonException;
import dev.stipend.workspace.Workspace;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Sets a workspace's own prices. The same prices again change nothing.
@Singleton
public class PriceImport {
  private final PriceFile file;
  private final PriceWriter writer;
  private final ApplicationEventPublisher<PricesChanged> changed;

  PriceImport(
      PriceFile file, PriceWriter writer, ApplicationEventPublisher<PricesChanged> changed) {
    this.file = file;
    this.writer = writer;
    this.changed = changed;
  }

  /// Sets the prices of a file.
  ///
  /// @param text the file, in Stipend's or LiteLLM's form
  /// @param effectiveFrom from when those prices hold that do not say it
  /// @throws InvalidJsonException if the file has neither form, or its prices are in another
  ///     currency
  public PricesImported read(Workspace workspace, String text, Instant effectiveFrom, Instant now) {
    PriceSheet sheet = file.read(text);
    if (!sheet.currency().equals(workspace.currency())) {
      throw new InvalidJsonException(
          "currency",
          "of the file is %s; the workspace counts in %s"
              .formatted(sheet.currency(), workspace.currency()));
    }
    return set(workspace, sheet, effectiveFrom, now);
  }

  /// Sets one price.
  public PricesImported set(Workspace workspace, NewPrice price, Instant now) {
    PriceSheet sheet = new PriceSheet(workspace.currency(), List.of(price), List.of(), List.of());
    return set(workspace, sheet, now, now);
  }

  private PricesImported set(
      Workspace workspace, PriceSheet sheet, Instant effectiveFrom, Instant now) {
    List<PriceWriter.Fate> fates =
        writer.add(workspace, sheet.prices(), effectiveFrom.truncatedTo(ChronoUnit.MICROS), now);
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
                    name.provider() + "/" + name.model(),
                    "has another price from exactly that instant, which stays; choose another"
                        + " effectiveFrom"));
      }
    }
    if (!set.isEmpty()) {
      changed.publishEvent(new PricesChanged(workspace, set));
    }
    return new PricesImported(imported, unchanged, List.copyOf(skipped), sheet.notes());
  }
}
