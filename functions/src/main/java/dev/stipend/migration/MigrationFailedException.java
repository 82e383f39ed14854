package dev.stipend.migration;

import dev.stipend.migration.report.MigrationReport;

/// A verb could not do its work; the message is the report's, and holds no secret.
public final class MigrationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient MigrationReport report;

  public MigrationFailedException(MigrationReport report) {
    super(report.message());
    this.report = report;
  }

  public MigrationReport report() {
    return report;
  }
}
