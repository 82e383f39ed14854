package dev.stipend.ingest.price;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a model's name that says nothing about what the model is, and may be left out to find
/// its price. There are few, and each provider uses its own: whatever else a name ends with may be
/// another model at another price.
enum NameTrim {
  /// The day of a snapshot: `-2024-08-06`, `-20241022`, `@20250514`.
  DATE("date", "[-@]20\\d\\d(-?)(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])$"),
  /// Month and day of a snapshot: `-0613`.
  MONTH_DAY("monthDay", "-(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])$"),
  /// The newest snapshot: `-latest`.
  LATEST("latest", "-latest$"),
  /// A stable revision: `-001`.
  REVISION("revision", "-00\\d$"),
  /// The version that is used unless another is asked for: `@default`.
  DEFAULT("default", "@default$"),
  /// A version of Bedrock: `-v2:0`, `-v1`, `-v1:0:48k`.
  BEDROCK_VERSION("bedrockVersion", "-v\\d{1,2}(?::\\d{1,2})?(?::\\d{1,4}k)?$"),
  /// Where Bedrock may run the model: `us.`, `global.`.
  REGION("region", "^(?:us|eu|apac|jp|au|ca|us-gov|global)\\."),
  /// How Bedrock is called: `converse/`.
  CALL("call", "^(?:converse|invoke)/"),
  /// The resource that the model is: `models/`, `publishers/google/models/`, an ARN to
  /// `foundation-model/`.
  PATH("path", "^(?:[^/]+/){0,8}?(?:models|[^/]*:(?:foundation-model|inference-profile))/");

  private static final Map<String, NameTrim> BY_LABEL = new LinkedHashMap<>();

  static {
    for (NameTrim trim : values()) {
      BY_LABEL.put(trim.label, trim);
    }
  }

  private final String label;
  private final Pattern pattern;

  NameTrim(String label, String pattern) {
    this.label = label;
    this.pattern = Pattern.compile(pattern);
  }

  static Map<String, NameTrim> byLabel() {
    return BY_LABEL;
  }

  /// The name without this part; empty if it has none, or nothing else.
  Optional<String> from(String name) {
    Matcher part = pattern.matcher(name);
    return part.find()
        ? Optional.of(name.substring(0, part.start()) + name.substring(part.end()))
            .filter(rest -> !rest.isEmpty())
        : Optional.empty();
  }
}
