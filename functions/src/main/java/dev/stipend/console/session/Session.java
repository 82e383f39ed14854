package dev.stipend.console.session;

import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.platform.web.Ids;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/// Somebody who is signed in.
///
/// @param caller the key that they signed in with
/// @param expiresAt when they have to sign in again
/// @param token what their forms carry, so that no other page can send one
/// @param isLocal whether they were signed in because they are at this machine
public record Session(UUID id, Caller caller, Instant expiresAt, String token, boolean isLocal) {
  /// The field of forms that holds the token.
  public static final String FIELD = "_token";

  /// Whether they may do what needs a role: what their key may.
  public boolean may(Role needed) {
    return caller.role().covers(needed);
  }

  /// Ends the request of somebody who may not do what needs a role.
  ///
  /// @throws ConsoleProblem with a page that says so
  public void require(Role needed) {
    if (!may(needed)) {
      throw new ConsoleProblem(ConsoleProblem.Kind.FORBIDDEN, "problem.role.detail");
    }
  }

  /// What has the id that a path names, in their workspace.
  ///
  /// @param missing the key of what is said where nothing has it
  /// @throws ConsoleProblem if there is none
  public <T> T find(String id, BiFunction<UUID, UUID, Optional<T>> lookup, String missing) {
    return Ids.parse(id)
        .flatMap(uuid -> lookup.apply(caller.workspace().id(), uuid))
        .orElseThrow(() -> ConsoleProblem.notFound(missing));
  }

  boolean hasToken(String sent) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
  }
}
