package dev.stipend.console.price;

import dev.stipend.console.page.Address;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.ingest.unpriced.UnpricedModel;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/// A model whose usage waits for a price, in words.
///
/// @param path of the form that sets its price
public record WaitingModel(
    String provider, String model, String events, String tokens, Shown since, String path) {
  static WaitingModel of(UnpricedModel waiting, ZoneId zone, ConsoleText text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("provider", waiting.provider());
    parameters.put("model", waiting.model());
    return new WaitingModel(
        waiting.provider(),
        waiting.model(),
        text.count(waiting.events()),
        text.say(
            "prices.tokens.of",
            text.count(waiting.inputTokens()),
            text.count(waiting.outputTokens())),
        text.time(waiting.firstAt(), zone),
        Address.of(PriceController.PATH + "/new", parameters));
  }
}
