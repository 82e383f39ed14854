package dev.stipend.cli;

import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Workspace;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;

/// Writes down what somebody did to a source at the command line.
final class SourceAudit {
  private static final String ACTOR = "command line";

  private SourceAudit() {}

  static void write(
      ApplicationContext context, Workspace workspace, String action, String name, Instant now) {
    context
        .getBean(AuditLog.class)
        .write(workspace.id(), new AuditEvent(ACTOR, action, "source " + name), now);
  }
}
