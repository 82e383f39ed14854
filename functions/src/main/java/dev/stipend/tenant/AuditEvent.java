package dev.stipend.tenant;

import java.util.Optional;

/// Who did what.
///
/// @param actor who did it, such as `key` and its id
/// @param action what was done, such as `budget.update`
/// @param target what it was done to, such as `budget` and its id
/// @param before the target before, as JSON
/// @param after the target after, or what was answered, as JSON
public record AuditEvent(
    String actor, String action, String target, Optional<String> before, Optional<String> after) {
  /// A deed of which there is nothing to show yet.
  public AuditEvent(String actor, String action, String target) {
    this(actor, action, target, Optional.empty(), Optional.empty());
  }

  /// The same deed with what came of it.
  ///
  /// @param result the target after, as JSON
  public AuditEvent resultingIn(String result) {
    return new AuditEvent(actor, action, target, before, Optional.of(result));
  }
}
