package dev.stipend.http.key;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.AuditEntry;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Shows who did what.
@Controller("/api/audit")
class AuditController {
  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  /// An entry of the audit log as the API shows it.
  ///
  /// @param before the target before, as JSON; absent where there was none
  /// @param after the target after, or what was answered, as JSON; absent where there is none
  @Serdeable
  record AuditResponse(
      UUID id,
      Instant at,
      String actor,
      String action,
      String target,
      Optional<Object> before,
      Optional<Object> after) {
    static AuditResponse of(AuditEntry entry) {
      AuditEvent deed = entry.deed();
      return new AuditResponse(
          entry.id(),
          entry.at(),
          deed.actor(),
          deed.action(),
          deed.target(),
          deed.before().map(ExactJson::parse),
          deed.after().map(ExactJson::parse));
    }
  }

  /// Lists who changed what, newest first.
  ///
  /// @param target only what was done to this, such as `budget` with its id
  /// @param action only deeds of this name, such as `budget.update`
  @Get
  Page<AuditResponse> list(
      ApiRequest request,
      @QueryValue Optional<String> target,
      @QueryValue Optional<String> action,
      PageRequest page) {
    Cursor from = page.from();
    return page.of(
        log.page(
            request.workspaceId(), target, action, from.before(), from.idBefore(), page.most()),
        entry -> Cursor.at(entry.at(), entry.id()),
        AuditResponse::of);
  }
}
