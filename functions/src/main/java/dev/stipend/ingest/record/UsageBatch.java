package dev.stipend.ingest.record;

import java.util.List;

/// Usage that is written together, and can be written in parts.
public interface UsageBatch {
  /// Writes all of it, in a transaction of its own.
  void write();

  /// The same in two parts, in their order; nothing if it cannot be divided.
  List<? extends UsageBatch> halves();

  /// Does what writing does, without events. What fails here, too, is no event's fault.
  void rehearse();

  /// Is told instead that the database refuses what cannot be divided.
  void refuse(String reason);
}
