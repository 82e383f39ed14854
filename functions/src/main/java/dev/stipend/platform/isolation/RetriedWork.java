package dev.stipend.platform.isolation;

import java.time.Instant;

/// Port: does again what was set aside.
public interface RetriedWork {
  /// What kind of rows it can do.
  WorkItem.Kind kind();

  /// Does the work of one row and has it no longer set aside, in one transaction. Where there is
  /// nothing left to do, it is no longer set aside either.
  ///
  /// @throws RuntimeException if it still cannot be done
  void again(WorkItem item, Instant now);
}
