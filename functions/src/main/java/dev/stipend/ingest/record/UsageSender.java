package dev.stipend.ingest.record;

import dev.stipend.tenant.Caller;
import dev.stipend.tenant.Role;

/// Who sends usage.
///
/// @param actor what the audit log calls them
/// @param trusted whether their adjustments may lower spend by any amount
public record UsageSender(String actor, boolean trusted) {
  /// Whoever may write to the usage queue, which the operator decides.
  public static final UsageSender QUEUE = new UsageSender("usage queue", true);

  /// Whoever imports files, with the database's own password.
  public static final UsageSender COMMAND_LINE = new UsageSender("command line", true);

  /// Whoever sends by HTTP. Agents carry keys of role `ingest`: such a key must not undo what
  /// others reported.
  public static UsageSender of(Caller caller) {
    return new UsageSender(caller.actor(), caller.role() == Role.ADMIN);
  }
}
