package dev.stipend.tenant;

/// What a key may do; each role may do all that the ones after it may.
public enum Role {
  ADMIN,
  INGEST,
  READ;

  /// Whether a key of this role may do what needs `needed`.
  public boolean covers(Role needed) {
    return compareTo(needed) <= 0;
  }
}
