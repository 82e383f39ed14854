package dev.stipend.tenant;

import java.security.Principal;
import java.util.Optional;
import java.util.UUID;

/// Who a valid key says is calling.
///
/// @param workspace the only workspace that this request may see
/// @param keyId the key, for the audit log
/// @param role what the key may do
/// @param userId the user whom the key belongs to, where it belongs to one
public record Caller(Workspace workspace, UUID keyId, Role role, Optional<String> userId)
    implements Principal {
  /// What histories and the audit log call them.
  public String actor() {
    return "key " + keyId;
  }

  @Override
  public String getName() {
    return actor();
  }
}
