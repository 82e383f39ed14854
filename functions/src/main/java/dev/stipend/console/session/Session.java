package dev.stipend.console.session;

import dev.stipend.tenant.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;

/// Somebody who is signed in.
///
/// @param caller the key that they signed in with
/// @param expiresAt when they have to sign in again
/// @param token what their forms carry, so that no other page can send one
/// @param isLocal whether they were signed in because they are at this machine
public record Session(UUID id, Caller caller, Instant expiresAt, String token, boolean isLocal) {
  /// The field of forms that holds the token.
  public static final String FIELD = "_token";

  boolean hasToken(String sent) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
  }
}
