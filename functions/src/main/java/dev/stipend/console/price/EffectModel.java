package dev.stipend.console.price;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.ingest.price.PriceWriter;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.PreviewPrice;
import java.time.ZoneId;
import java.util.List;

/// What a price would mean, in words.
///
/// @param notes what else there is to know
public record EffectModel(
    Shown from, String events, Shown cost, List<Rise> budgets, List<String> notes) {
  /// A budget whose spend would change.
  public record Rise(String path, String name, Shown cost) {}

  static EffectModel of(PreviewPrice.Effect effect, Workspace workspace, ConsoleText text) {
    String currency = workspace.currency();
    return new EffectModel(
        text.time(effect.price().effectiveFrom().orElseThrow(), ZoneId.of(workspace.timeZone())),
        text.counted("prices.events", effect.events()),
        text.amount(effect.cost(), currency),
        effect.budgets().stream()
            .map(
                rise ->
                    new Rise(
                        "/budgets/" + rise.budget().id(),
                        rise.budget().name(),
                        text.amount(rise.spend(), currency)))
            .toList(),
        notes(effect, text));
  }

  private static List<String> notes(PreviewPrice.Effect effect, ConsoleText text) {
    if (effect.fate() == PriceWriter.Fate.UNCHANGED) {
      return List.of(text.say("prices.unchanged"));
    }
    return effect.costed() < effect.events()
        ? List.of(text.say("prices.partly", text.count(effect.costed())))
        : List.of();
  }
}
