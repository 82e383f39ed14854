package dev.stipend.ingest.price.list;

import dev.stipend.ingest.price.NewPrice;
import dev.stipend.ingest.price.PriceReader;
import dev.stipend.ingest.price.Providers;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a file of prices, in Stipend's own form or as LiteLLM's
/// `model_prices_and_context_window.json`; its fields decide which.
public final class PriceFile {
  static final String DOLLARS = "USD";
  private static final int LONGEST_NAME = 200;
  private static final int CURRENCY_LETTERS = 3;

  private final PriceReader own;
  private final LiteLlmPrices liteLlm;

  public PriceFile(Providers providers) {
    this.own = new PriceReader(providers);
    this.liteLlm = new LiteLlmPrices(providers);
  }

  /// Reads a whole file; an entry that is wrong is skipped alone.
  ///
  /// @throws InvalidJsonException if the file has neither form
  public ParsedPriceFile read(String text) {
    Object json = ExactJson.parse(text);
    if (json instanceof Map<?, ?> map) {
      if (map.get("prices") instanceof List<?>) {
        return ownForm(map);
      }
      if (LiteLlmPrices.isForm(map)) {
        return liteLlm.read(map);
      }
    }
    throw new InvalidJsonException(
        "prices",
        "must be a list; a file without it must be LiteLLM's model_prices_and_context_window.json");
  }

  private ParsedPriceFile ownForm(Map<?, ?> json) {
    JsonFields fields = JsonFields.of(json);
    String currency = fields.text("currency", CURRENCY_LETTERS).orElse(DOLLARS);
    List<?> entries = fields.list("prices").orElse(List.of());
    fields.refuseUnknown();
    fields.check();
    List<NewPrice> prices = new ArrayList<>();
    List<ParsedPriceFile.Remark> skipped = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      try {
        prices.add(own.read(entries.get(i)));
      } catch (InvalidJsonException wrong) {
        skipped.add(new ParsedPriceFile.Remark(name(i, entries.get(i)), wrong.summary()));
      }
    }
    return new ParsedPriceFile(currency, prices, skipped, List.of());
  }

  private static String name(int index, @Nullable Object entry) {
    return entry instanceof Map<?, ?> map && map.get("model") instanceof String model
        ? PrintableText.of(model, LONGEST_NAME)
        : "prices[" + index + "]";
  }
}
