package dev.stipend.console.form;

import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.secrets.SecretShape;
import dev.stipend.platform.web.SentBody;
import io.micronaut.http.HttpRequest;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A form as it is shown: what is filled in, and what is wrong.
///
/// @param values by the names of fields
/// @param errors what is wrong with which field; of no field, where its name is empty
public record Form(Map<String, String> values, List<FieldError> errors) {
  public static final Form EMPTY = new Form(Map.of(), List.of());

  /// What a box that is ticked sends.
  public static final String TICKED = "true";

  /// How fields end that name a secret.
  private static final String SECRET = "Secret";

  private static final String CONFIG = "config.";

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final int LONGEST = 64 * 1024;
  private static final int LONGEST_ID = 200;

  /// Whether a parameter of an address can be an id or a part of one.
  public static boolean isText(String parameter) {
    return parameter.length() <= LONGEST_ID && parameter.chars().noneMatch(Character::isISOControl);
  }

  /// A time of a zone's clocks as an instant of the API; what is no such time is left for its
  /// reader.
  public static String instant(String text, ZoneId zone) {
    String sent = text.strip();
    try {
      return LocalDateTime.parse(sent.replace(' ', 'T')).atZone(zone).toInstant().toString();
    } catch (DateTimeException other) {
      return sent;
    }
  }

  /// A form that is filled in, and not sent yet.
  public static Form of(Map<String, String> values) {
    return new Form(values, List.of());
  }

  /// A form as it was sent.
  public static Form sent(HttpRequest<?> request) {
    return sent(request, LONGEST);
  }

  /// A form as it was sent.
  ///
  /// @param most bytes that are read
  public static Form sent(HttpRequest<?> request, int most) {
    return of(SentBody.form(request, most));
  }

  /// The same with what is wrong in it, but for what may be a secret that was put where its name
  /// belongs: no page shows one.
  public Form wrong(InvalidJsonException wrong) {
    return wrong(wrong.errors());
  }

  /// The same with something wrong.
  public Form wrong(String field, String message) {
    return wrong(List.of(new FieldError(field, message)));
  }

  private Form wrong(List<FieldError> found) {
    Map<String, String> harmless = new LinkedHashMap<>(values);
    harmless
        .entrySet()
        .removeIf(
            each ->
                mayBeSecret(each.getKey())
                    && (SecretShape.fits(each.getValue())
                        || found.stream().anyMatch(error -> error.field().equals(each.getKey()))));
    return new Form(harmless, found);
  }

  private static boolean mayBeSecret(String field) {
    return field.endsWith(SECRET) || field.startsWith(CONFIG);
  }

  /// What a field holds, without blanks around it.
  public String value(String name) {
    return values.getOrDefault(name, "").strip();
  }

  public boolean isTicked(String name) {
    return value(name).equals(TICKED);
  }

  /// What is wrong with a field or a part of it; empty where nothing is.
  public String error(String name) {
    return errors.stream()
        .filter(
            error ->
                error.field().equals(name)
                    || error.field().startsWith(name + "[")
                    || error.field().startsWith(name + "."))
        .map(FieldError::message)
        .collect(Collectors.joining("; "));
  }

  /// What a field holds; empty where it is not filled in.
  public Optional<String> filled(String name) {
    return Optional.of(value(name)).filter(text -> !text.isEmpty());
  }

  /// Those of the fields that are filled in, as texts.
  public Map<String, Object> texts(String... names) {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (String name : names) {
      filled(name).ifPresent(text -> texts.put(name, text));
    }
    return texts;
  }

  /// Those of the fields that are filled in, as numbers; as texts where they are none, for their
  /// reader to refuse.
  public Map<String, Object> numbers(String... names) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (String name : names) {
      filled(name)
          .ifPresent(
              text ->
                  numbers.put(name, NUMBER.matcher(text).matches() ? new BigDecimal(text) : text));
    }
    return numbers;
  }

  /// The fields below a name that are filled in, as texts by the rest of their names.
  public Map<String, Object> below(String name) {
    Map<String, Object> texts = new LinkedHashMap<>();
    String prefix = name + ".";
    values.keySet().stream()
        .filter(each -> each.startsWith(prefix))
        .forEach(
            each ->
                filled(each).ifPresent(text -> texts.put(each.substring(prefix.length()), text)));
    return texts;
  }
}
