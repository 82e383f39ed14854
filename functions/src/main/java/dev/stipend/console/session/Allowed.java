package dev.stipend.console.session;

import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.tenant.Role;

/// What somebody may do who is signed in: what their key may.
public final class Allowed {
  private Allowed() {}

  /// Ends the request of whoever may not do it.
  ///
  /// @throws ConsoleProblem with a page that says so
  public static void require(Session session, Role needed) {
    if (!session.caller().role().covers(needed)) {
      throw new ConsoleProblem(ConsoleProblem.Kind.FORBIDDEN, "problem.role.detail");
    }
  }
}
