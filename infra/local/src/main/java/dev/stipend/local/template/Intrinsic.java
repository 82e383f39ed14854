package dev.stipend.local.template;

import java.util.Optional;

/// A CloudFormation function in its short form: `!Ref UsageQueue`, `!GetAtt UsageQueue.Arn`.
///
/// @param function the tag without its exclamation mark
/// @param argument text, list or mapping, as it stands in the file
record Intrinsic(String function, Object argument) {
  /// The logical id or parameter that this refers to; empty for functions that compute something.
  Optional<String> target() {
    if (!(argument instanceof String text)) {
      return Optional.empty();
    }
    return switch (function) {
      case "Ref" -> Optional.of(text);
      case "GetAtt" -> Optional.of(text.substring(0, text.indexOf('.')));
      default -> Optional.empty();
    };
  }
}
