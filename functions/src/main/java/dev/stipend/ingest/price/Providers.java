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
import java.util.regex.Pattern;

/// The providers that are known, by all of their names: those of the list, OpenTelemetry's
/// `gen_ai.provider.name` and `gen_ai.system`, and LiteLLM's `custom_llm_provider`. They stand in
/// `prices/providers.json`.
///
/// - `vendor.api`, such as `openai.chat`, is the vendor, where the API is a known word; also
///   `vendor.maker.api`, where the vendor resells the maker's models.
/// - The name of a framework says nothing of who sells. A model's name may, such as Bedrock's; if
///   not, the provider is unknown.
/// - Any other name is a provider of its own: nothing is priced as another's.
public final class Providers {
  private static final String FILE = "/prices/providers.json";
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PATTERN = 200;
  private static final int MOST_SELLERS = 20;

  /// A name has no more parts than a vendor, a maker and an API.
  private static final int MOST_PARTS = 4;

  private final Map<String, Provider> byName = new LinkedHashMap<>();
  private final Map<String, Provider> byAnyName = new HashMap<>();
  private final Set<String> apis;
  private final Set<String> frameworks;
  private final Map<Pattern, String> sellers = new LinkedHashMap<>();

  Providers(Collection<Provider> providers) {
    this(providers, Set.of(), Set.of(), Map.of());
  }

  private Providers(
      Collection<Provider> providers,
      Set<String> apis,
      Set<String> frameworks,
      Map<String, String> sellers) {
    this.apis = apis;
    this.frameworks = frameworks;
    sellers.forEach((models, seller) -> this.sellers.put(Pattern.compile(models), seller));
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
      Set<String> apis = Set.copyOf(fields.textList("apis", LONGEST_NAME));
      Set<String> frameworks = Set.copyOf(fields.textList("frameworks", LONGEST_NAME));
      Map<String, String> sellers = fields.texts("sellers", MOST_SELLERS, LONGEST_PATTERN);
      fields.refuseUnknown();
      fields.check();
      return new Providers(providers, apis, frameworks, sellers);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The name in the price book of a provider by any of its names; an unknown one's own, in lower
  /// case.
  public String canonical(String name) {
    return find(name).name();
  }

  /// The name in the price book of whoever sells a model; empty if nobody is known to.
  ///
  /// @param name a provider by any of its names, or a framework
  /// @param model a model in any of its spellings
  public String seller(String name, String model) {
    String lower = name.toLowerCase(Locale.ROOT);
    return named(lower).or(() -> told(lower, model)).map(Provider::name).orElse("");
  }

  Provider find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return named(lower).orElseGet(() -> Provider.unknown(lower));
  }

  /// As above, with the model, whose name may tell its seller where a framework is named.
  Provider find(String name, String model) {
    String lower = name.toLowerCase(Locale.ROOT);
    return named(lower).or(() -> told(lower, model)).orElseGet(() -> Provider.unknown(lower));
  }

  /// By one of its names, or by that and an API.
  private Optional<Provider> named(String name) {
    Provider known = byAnyName.get(name);
    String vendor = name;
    for (int part = 0; known == null && part < MOST_PARTS; part++) {
      int dot = vendor.lastIndexOf('.');
      if (dot < 1) {
        return Optional.empty();
      }
      String last = vendor.substring(dot + 1);
      vendor = vendor.substring(0, dot);
      Provider before = byAnyName.get(vendor);
      if (before != null && (apis.contains(last) || before.resells().contains(last))) {
        known = before;
      } else if (before != null || (!apis.contains(last) && !byName.containsKey(last))) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(known);
  }

  private Optional<Provider> told(String name, String model) {
    if (!frameworks.contains(name)) {
      return Optional.empty();
    }
    String lower = model.strip().toLowerCase(Locale.ROOT);
    return sellers.entrySet().stream()
        .filter(each -> each.getKey().matcher(lower).matches())
        .map(each -> byAnyName.get(each.getValue()))
        .filter(Objects::nonNull)
        .findFirst();
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
