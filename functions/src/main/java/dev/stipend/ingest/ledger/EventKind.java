package dev.stipend.ingest.ledger;

/// Whether an event is a request to a model, or changes what was recorded before.
public enum EventKind {
  USAGE,
  /// A refund, credit or correction: a signed cost, and no request.
  ADJUSTMENT;
}
