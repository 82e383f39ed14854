package dev.stipend.ingest.format;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// How libraries name in spans what a call used, read from `senders/opentelemetry.json`.
///
/// An entry of a library has the version that it was checked against, how it is recognised, its
/// names for each field, what tells its calls from its aggregates, and what of its attributes is no
/// usage. The last entry is for all spans that no library before it claims.
final class SenderTable {
  private static final List<String> TOKENS =
      List.of(
          "inputTokens",
          "cachedInputTokens",
          "cacheWriteTokens",
          "cacheWrite1hTokens",
          "audioInputTokens",
          "cachedAudioInputTokens",
          "imageInputTokens",
          "cachedImageInputTokens",
          "outputTokens",
          "reasoningTokens",
          "audioOutputTokens",
          "imageOutputTokens",
          TokenEvidence.TOTAL,
          TokenEvidence.FRESH_INPUT,
          TokenEvidence.CACHED_TEXT,
          TokenEvidence.CACHE_WRITE_5M);
  private static final List<String> NAMES = List.of("userId", "teamId", "agentId", "workflowId");
  private static final List<String> TAGS = List.of("session", "environment");
  private static final List<String> OTHERS =
      List.of("model", "provider", "responseId", "serviceTier", "cost");

  private static final String FILE = "/senders/opentelemetry.json";
  private static final int LONGEST = 200;
  private static final int MOST = 100;

  /// Last, for what is above is needed to read it.
  static final SenderTable TABLE = read();

  private final List<SpanSender> senders;
  private final Map<String, String> providers;
  private final Set<String> attributes = new HashSet<>();
  private final Set<String> objects = new LinkedHashSet<>();

  private SenderTable(List<Entry> entries, Map<String, String> providers) {
    this.senders = entries.stream().map(entry -> entry.sender(entries)).toList();
    this.providers = providers;
    for (SpanSender sender : senders) {
      for (String name : sender.known()) {
        String attribute = SpanValues.attribute(name);
        attributes.add(attribute);
        if (!attribute.equals(name)) {
          objects.add(attribute);
        }
      }
    }
  }

  /// Whether a span has any attribute that may tell tokens. Few spans of a trace have.
  boolean mayTellUsage(SpanAttributes span) {
    return !Collections.disjoint(span.values().keySet(), attributes);
  }

  /// The library that made a span.
  ///
  /// @param scope the library by its instrumentation scope, if that is known
  SpanSender senderOf(Optional<SpanSender> scope, SpanAttributes span) {
    if (scope.isPresent()) {
      return scope.get();
    }
    for (SpanSender sender : senders) {
      if (sender.isKnownBy(span)) {
        return sender;
      }
    }
    return senders.getLast();
  }

  /// The library that an instrumentation scope is of.
  Optional<SpanSender> senderOf(String scope) {
    return senders.stream().filter(sender -> sender.isKnownBy(scope)).findFirst();
  }

  /// Attributes that hold usage as objects.
  Set<String> objects() {
    return objects;
  }

  /// How budgets know a provider: by LiteLLM's name, where that is another than the price book's.
  String providerInBudgets(String provider) {
    return providers.getOrDefault(provider, provider);
  }

  private static SenderTable read() {
    try (InputStream file =
        Objects.requireNonNull(SenderTable.class.getResourceAsStream(FILE), FILE)) {
      JsonFields fields =
          JsonFields.of(ExactJson.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
      List<?> listed = fields.list("libraries").orElse(List.of());
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < listed.size(); i++) {
        entries.add(Entry.read(fields.element("libraries", i, listed.get(i))));
      }
      Map<String, String> providers = fields.texts("providers", MOST, LONGEST);
      fields.refuseUnknown();
      fields.check();
      return new SenderTable(entries, providers);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// A library as it stands in the file.
  ///
  /// @param bareNames whether its names are so short that they mean nothing in spans of others
  private record Entry(
      String library,
      List<String> scopes,
      List<String> prefixes,
      boolean bareNames,
      Map<String, List<String>> fields,
      Map<String, List<String>> calls,
      Map<String, List<String>> noCalls,
      List<String> inputApartFor,
      List<String> ignored) {
    static Entry read(JsonFields entry) {
      entry.require("library");
      entry.require("checked");
      entry.text("checked", LONGEST);
      Map<String, List<String>> fields = new LinkedHashMap<>();
      entry
          .object("fields")
          .ifPresent(
              given -> {
                for (List<String> kind : List.of(TOKENS, NAMES, TAGS, OTHERS)) {
                  kind.forEach(field -> fields.put(field, given.textList(field, LONGEST)));
                }
                given.refuseUnknown();
              });
      Entry read =
          new Entry(
              entry.text("library", LONGEST).orElse(""),
              entry.textList("scopes", LONGEST),
              entry.textList("prefixes", LONGEST),
              entry.bool("bareNames").orElse(false),
              fields,
              lists(entry.any("calls").orElse(Map.of())),
              lists(entry.any("noCalls").orElse(Map.of())),
              entry.textList("inputApartFor", LONGEST),
              entry.textList("ignored", LONGEST));
      entry.refuseUnknown();
      return read;
    }

    private static Map<String, List<String>> lists(Object object) {
      Map<String, List<String>> lists = new LinkedHashMap<>();
      JsonFields fields = JsonFields.of(object);
      ((Map<?, ?>) object)
          .keySet()
          .forEach(key -> lists.put(key.toString(), fields.textList(key.toString(), LONGEST)));
      fields.check();
      return lists;
    }

    /// This library's names, after them the general ones, and those of all others.
    SpanSender sender(List<Entry> all) {
      Set<Entry> known = new LinkedHashSet<>();
      known.add(this);
      known.add(all.getLast());
      all.stream().filter(entry -> !entry.bareNames).forEach(known::add);
      List<Entry> inOrder = List.copyOf(known);
      List<FieldRow> tokens = TOKENS.stream().map(field -> row(field, inOrder)).toList();
      Set<String> names = new HashSet<>();
      Map<String, List<SpanSender.Spelling>> spellings = new HashMap<>();
      int place = 0;
      for (FieldRow row : tokens) {
        for (String name : row.sources()) {
          names.add(name);
          spellings
              .computeIfAbsent(SpanValues.attribute(name), absent -> new ArrayList<>())
              .add(new SpanSender.Spelling(row.field(), name, place++));
        }
      }
      return new SpanSender(
          library,
          Wildcards.of(scopes),
          prefixes,
          spellings,
          NAMES.stream().map(field -> row(field, inOrder)).toList(),
          TAGS.stream().map(field -> row(field, inOrder)).toList(),
          row("model", inOrder),
          row("provider", inOrder),
          row("responseId", inOrder),
          row("serviceTier", inOrder),
          new FieldRow("cost", fields.getOrDefault("cost", List.of())),
          signs(inOrder.stream().map(Entry::calls).toList()),
          signs(inOrder.stream().map(Entry::noCalls).toList()),
          Set.copyOf(inputApartFor),
          names,
          Wildcards.of(inOrder.stream().flatMap(entry -> entry.ignored.stream()).toList()));
    }

    private static FieldRow row(String field, List<Entry> inOrder) {
      return new FieldRow(
          field,
          inOrder.stream()
              .flatMap(entry -> entry.fields.getOrDefault(field, List.of()).stream())
              .distinct()
              .toList());
    }

    /// What a span's name says is true of the library's own spans only.
    private static Map<String, Wildcards> signs(List<Map<String, List<String>>> inOrder) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      for (Map<String, List<String>> each : inOrder) {
        each.forEach(
            (attribute, values) -> {
              if (each == inOrder.getFirst() || !attribute.equals(SpanSender.NAME)) {
                all.computeIfAbsent(attribute, absent -> new ArrayList<>()).addAll(values);
              }
            });
      }
      Map<String, Wildcards> signs = new LinkedHashMap<>();
      all.forEach((attribute, values) -> signs.put(attribute, Wildcards.of(values)));
      return signs;
    }
  }
}
