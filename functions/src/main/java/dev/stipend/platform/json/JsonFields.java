package dev.stipend.platform.json;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Typed access to the fields of one JSON object from outside. A getter of an absent or null field
/// is empty; a wrong value is remembered as an error and reads as absent. {@link #check()} throws
/// all errors together.
public final class JsonFields {
  private static final String AMOUNT = "must be a decimal number such as 0.80";
  private static final int MOST_DIGITS = 64;
  private static final int LONGEST_NAME = 200;

  private final Map<?, ?> values;
  private final String path;
  private final List<FieldError> errors;
  private final Set<String> known = new HashSet<>();

  private JsonFields(Map<?, ?> values, String path, List<FieldError> errors) {
    this.values = values;
    this.path = path;
    this.errors = errors;
  }

  /// The fields of a value.
  ///
  /// @throws InvalidJsonException if the value is no JSON object
  public static JsonFields of(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new JsonFields(map, "", new ArrayList<>());
    }
    throw new InvalidJsonException("", "A JSON object is expected.");
  }

  /// A text of 1 to `longest` whole characters without control characters.
  public Optional<String> text(String name, int longest) {
    return read(name, "must be a string", String.class, text -> TextForms.plain(text, longest));
  }

  /// A name for people: a text that is not blank, and in which nothing is hidden.
  public Optional<String> name(String name, int longest) {
    return read(name, "must be a string", String.class, text -> TextForms.name(text, longest));
  }

  /// An amount, given as a number or as a text.
  public Optional<Money> money(String name) {
    return read(name, AMOUNT, Object.class, value -> Money.of(amount(value)));
  }

  /// What something cost, as an amount; with more decimals than are kept it is rounded, half even.
  public Optional<Money> cost(String name) {
    return read(name, AMOUNT, Object.class, value -> Money.rounded(amount(value)));
  }

  /// Whether {@link #cost} rounded what it read.
  public boolean isRounded(String name, Money read) {
    Object value = values.get(name);
    return value != null && amount(value).compareTo(read.amount()) != 0;
  }

  private static BigDecimal amount(Object value) {
    return switch (value) {
      case String text -> Money.decimal(text);
      case BigDecimal number -> number;
      default -> throw new IllegalArgumentException(AMOUNT);
    };
  }

  /// A number of at most 64 digits before and after the point, so that computing with it is cheap:
  /// `1e2000000000` is short to write and long to add.
  public Optional<BigDecimal> decimal(String name) {
    return read(
        name,
        "must be a number",
        BigDecimal.class,
        number -> {
          if (Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException("must be a number of at most 64 digits");
          }
          return number;
        });
  }

  /// A whole number from `least` to `most`.
  public Optional<Long> whole(String name, long least, long most) {
    Supplier<String> range = () -> "must be a whole number from " + least + " to " + most;
    return read(
        name,
        range,
        BigDecimal.class,
        number -> {
          boolean fits =
              number.compareTo(BigDecimal.valueOf(least)) >= 0
                  && number.compareTo(BigDecimal.valueOf(most)) <= 0
                  && number.stripTrailingZeros().scale() <= 0;
          if (!fits) {
            throw new IllegalArgumentException(range.get());
          }
          return number.longValueExact();
        });
  }

  public Optional<Boolean> bool(String name) {
    return read(name, "must be true or false", Boolean.class, Function.identity());
  }

  /// An ISO 8601 time with an offset, such as `2026-03-01T09:30:00Z`; or an instant, from a caller
  /// that has read one.
  public Optional<Instant> instant(String name) {
    return read(name, TextForms.INSTANT, Object.class, TextForms::instant);
  }

  /// A time as in {@link #instant}, or a date such as `2026-12-04`, which means its start in a
  /// zone.
  public Optional<Instant> start(String name, ZoneId zone) {
    return read(name, TextForms.DAY, Object.class, value -> TextForms.day(value, 0, zone));
  }

  /// A time as in {@link #instant}, or a date such as `2026-12-04`, which means through its end in
  /// a zone.
  public Optional<Instant> end(String name, ZoneId zone) {
    return read(name, TextForms.DAY, Object.class, value -> TextForms.day(value, 1, zone));
  }

  /// An IANA zone name, such as `America/Mexico_City`.
  public Optional<ZoneId> zone(String name) {
    return read(name, TextForms.ZONE, String.class, TextForms::zone);
  }

  /// One of the named values.
  public <T> Optional<T> oneOf(String name, Map<String, T> choices) {
    Supplier<String> form = () -> "must be one of " + String.join(", ", choices.keySet());
    return read(
        name,
        form,
        String.class,
        text -> {
          T choice = choices.get(text);
          if (choice == null) {
            throw new IllegalArgumentException(form.get());
          }
          return choice;
        });
  }

  /// An object whose names and values are texts of 1 to `longest` characters without control
  /// characters.
  public Map<String, String> texts(String name, int most, int longest) {
    Map<String, String> result = new LinkedHashMap<>();
    Optional<Map<?, ?>> found =
        read(name, "must be an object of strings", Map.class, map -> (Map<?, ?>) map);
    found.ifPresent(
        map -> {
          if (map.size() > most) {
            error(name, "must have at most " + most + " entries");
          }
          JsonFields inside = new JsonFields(map, path + name + ".", errors);
          for (Object key : map.keySet()) {
            if (TextForms.isPlain(key.toString(), longest)) {
              inside
                  .text(key.toString(), longest)
                  .ifPresent(text -> result.put(key.toString(), text));
            } else {
              error(
                  name,
                  "must have names of 1 to " + longest + " characters without control characters");
            }
          }
        });
    return result;
  }

  /// The elements of a list.
  public Optional<List<?>> list(String name) {
    return read(name, "must be a list", List.class, list -> (List<?>) list);
  }

  /// A list of texts of 1 to `longest` characters without control characters; empty if it is
  /// absent.
  public List<String> textList(String name, int longest) {
    List<String> texts = new ArrayList<>();
    List<?> found = list(name).orElse(List.of());
    for (int i = 0; i < found.size(); i++) {
      String entry = name + "[" + i + "]";
      JsonFields inside =
          new JsonFields(Collections.singletonMap(entry, found.get(i)), path, errors);
      inside.require(entry);
      inside.text(entry, longest).ifPresent(texts::add);
    }
    return texts;
  }

  /// The fields of an object; its errors are reported with those of this one.
  public Optional<JsonFields> object(String name) {
    return read(
        name,
        "must be an object",
        Map.class,
        map -> new JsonFields((Map<?, ?>) map, path + name + ".", errors));
  }

  /// Whether a field is there and null, for one that null takes away.
  public boolean isNull(String name) {
    known.add(name);
    return values.containsKey(name) && values.get(name) == null;
  }

  /// The raw value, for a field that may have several forms.
  public Optional<Object> any(String name) {
    return read(name, "", Object.class, Function.identity());
  }

  /// The fields of an element of a list under `name`; its errors are reported with it.
  public JsonFields element(String name, int index, @Nullable Object value) {
    String where = path + name + "[" + index + "]";
    if (value instanceof Map<?, ?> map) {
      return new JsonFields(map, where + ".", errors);
    }
    errors.add(new FieldError(where, "must be an object"));
    return new JsonFields(Map.of(), where + ".", errors);
  }

  public void error(String name, String message) {
    errors.add(new FieldError(path + PrintableText.of(name, LONGEST_NAME), message));
  }

  /// Notes an error for a field that must be there and is absent; a wrong one has its error
  /// already.
  public void require(String name) {
    known.add(name);
    if (values.get(name) == null) {
      error(name, "is required");
    }
  }

  /// Notes an error for every field that no getter asked for.
  public void refuseUnknown() {
    for (Object name : values.keySet()) {
      if (!known.contains(name.toString())) {
        error(name.toString(), "is not a known field");
      }
    }
  }

  /// Ends the reading.
  ///
  /// @throws InvalidJsonException if anything was wrong
  public void check() {
    if (!errors.isEmpty()) {
      throw new InvalidJsonException(errors);
    }
  }

  private <V, T> Optional<T> read(
      String name, String form, Class<V> type, Function<? super V, ? extends T> reading) {
    return read(name, () -> form, type, reading);
  }

  private <V, T> Optional<T> read(
      String name, Supplier<String> form, Class<V> type, Function<? super V, ? extends T> reading) {
    known.add(name);
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      error(name, form.get());
      return Optional.empty();
    }
    try {
      return Optional.of(reading.apply(type.cast(value)));
    } catch (IllegalArgumentException wrong) {
      error(name, wrong.getMessage() == null ? form.get() : wrong.getMessage());
    }
    return Optional.empty();
  }
}
