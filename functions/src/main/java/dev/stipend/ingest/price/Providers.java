package dev.stipend.ingest.price;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The providers that are known, by all of their names: those of the list, OpenTelemetry's
/// `gen_ai.provider.name` and `gen_ai.system`, and LiteLLM's `custom_llm_provider`. They stand in
/// `prices/providers.json`.
public final class Providers {
  private static final String FILE = "/prices/providers.json";
  private static final int LONGEST_NAME = 100;

  private final Map<String, Provider> byName = new LinkedHashMap<>();
  private final Map<String, Provider> byAnyName = new HashMap<>();

  Providers(Collection<Provider> providers) {
    for (Provider provider : providers) {
      byName.put(provider.name(), provider);
      put(provider.name(), provider);
      provider.names().forEach(name -> put(name, provider));
    }
  }

  /// The providers of the file.
  public static Providers read() {
    try (InputStream file =
        Objects.requireNonNull(Providers.class.getResourceAsStream(FILE), FILE)) {
      JsonFields fields =
          JsonFields.of(ExactJson.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
      List<?> listed = fields.list("providers").orElse(List.of());
      List<Provider> providers = new ArrayList<>();
      for (int i = 0; i < listed.size(); i++) {
        providers.add(provider(fields.element("providers", i, listed.get(i))));
      }
      fields.refuseUnknown();
      fields.check();
      return new Providers(providers);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The name in the price book of a provider by any of its names; an unknown one's own, in lower
  /// case.
  public String canonical(String name) {
    return find(name).name();
  }

  Provider find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Provider known = byAnyName.get(lower);
    return known == null ? Provider.unknown(lower) : known;
  }

  Optional<Provider> known(String name) {
    return Optional.ofNullable(byAnyName.get(name));
  }

  Collection<Provider> all() {
    return byName.values();
  }

  private void put(String name, Provider provider) {
    if (byAnyName.put(name, provider) != null) {
      throw new IllegalArgumentException("two providers are called " + name);
    }
  }

  private static Provider provider(JsonFields fields) {
    fields.require("provider");
    Set<NameTrim> trims = new LinkedHashSet<>();
    for (String label : fields.textList("trims", LONGEST_NAME)) {
      trims.add(Objects.requireNonNull(NameTrim.byLabel().get(label), label));
    }
    Provider provider =
        new Provider(
            fields.text("provider", LONGEST_NAME).orElse(""),
            fields.textList("names", LONGEST_NAME),
            trims,
            fields.textList("resells", LONGEST_NAME),
            Set.copyOf(fields.textList("routes", LONGEST_NAME)));
    fields.refuseUnknown();
    return provider;
  }
}
