package dev.stipend.tenant;

/// What came of revoking a key.
public enum Revocation {
  REVOKED,
  /// It was revoked before; nothing changes.
  REVOKED_BEFORE,
  /// The workspace has no such key.
  UNKNOWN,
  /// Nobody cuts off the branch they sit on: it is the key of the caller.
  OWN,
  /// Without it nobody could administer the workspace any more.
  LAST_ADMIN
}
