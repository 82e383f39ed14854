package dev.stipend.migration.prisma;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/// A file has failed.
public final class PrismaFailure extends FlywayException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String script;
  private final int line;
  private final boolean transactional;
  private final boolean recorded;

  PrismaFailure(
      String name,
      String script,
      int line,
      boolean transactional,
      boolean recorded,
      SQLException cause) {
    super(cause.getMessage(), cause);
    this.name = name;
    this.script = script;
    this.line = line;
    this.transactional = transactional;
    this.recorded = recorded;
  }

  public String script() {
    return script;
  }

  public int line() {
    return line;
  }

  /// Whether it was rolled back.
  public boolean isTransactional() {
    return transactional;
  }

  /// What to do next; empty if another deploy is all.
  public String advice() {
    return recorded
        ? " It is in _prisma_migrations as failed: correct the file and run resolve --rolled-back %1$s, or finish its work by hand and run resolve --applied %1$s; then deploy."
            .formatted(name)
        : "";
  }
}
