package dev.stipend.console.audit;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.tenant.AuditEntry;
import java.time.ZoneId;

/// A deed, in words.
///
/// @param before the target before, as JSON; empty where there was none
/// @param after the target after, as JSON; empty where there is none
public record AuditRow(
    Shown at, String actor, String action, String target, String before, String after) {
  static AuditRow of(AuditEntry entry, ZoneId zone, ConsoleText text) {
    return new AuditRow(
        text.time(entry.at(), zone),
        entry.deed().actor(),
        entry.deed().action(),
        entry.deed().target(),
        entry.deed().before().orElse(""),
        entry.deed().after().orElse(""));
  }
}
