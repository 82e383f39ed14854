package dev.stipend.http.key;

import dev.stipend.http.Cursor;
import dev.stipend.http.Page;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import java.util.Optional;

/// Shows who did what.
@Controller("/api/audit")
class AuditController {
  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  /// Lists who changed what, newest first.
  ///
  /// @param target only what was done to this, such as `budget` with its id
  /// @param action only deeds of this name, such as `budget.update`
  @Get
  Page<AuditResponse> list(
      Caller caller,
      @QueryValue Optional<String> target,
      @QueryValue Optional<String> action,
      @QueryValue Optional<Integer> limit,
      @QueryValue Optional<String> cursor) {
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    return Page.of(
        log.page(caller.workspace().id(), target, action, from.before(), from.idBefore(), most + 1),
        most,
        entry -> Cursor.at(entry.at(), entry.id()),
        AuditResponse::of);
  }
}
