package dev.stipend.console.session;

import dev.stipend.platform.sql.RowIds;
import dev.stipend.tenant.ApiKeys;
import dev.stipend.tenant.Caller;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// Opens, finds and ends sessions.
@Singleton
public class Sessions {
  static final Duration LIFE = Duration.ofHours(8);

  private final SessionRepository repository;
  private final ApiKeys keys;
  private final RowIds ids;
  private final LocalKey local;

  Sessions(SessionRepository repository, ApiKeys keys, RowIds ids, LocalKey local) {
    this.repository = repository;
    this.keys = keys;
    this.ids = ids;
    this.local = local;
  }

  /// A session that has just begun.
  ///
  /// @param cookie what to keep of it
  public record Opened(Session session, String cookie) {}

  Opened open(Caller caller, Instant now) {
    UUID id = ids.next();
    SessionTicket ticket =
        new SessionTicket(
            id,
            caller.workspace().id(),
            caller.keyId(),
            now.plus(LIFE).truncatedTo(ChronoUnit.SECONDS));
    SessionSecret secret = repository.evidence(id).secret();
    return new Opened(session(ticket, caller, secret), ticket.signed(secret));
  }

  /// The session of a cookie; empty if it is none, has expired or ended, or its key is revoked.
  Optional<Session> find(String cookie, Instant now) {
    return SessionTicket.read(cookie)
        .filter(signed -> now.isBefore(signed.ticket().expiresAt()))
        .flatMap(signed -> believed(signed, now));
  }

  private Optional<Session> believed(SessionTicket.Signed signed, Instant now) {
    SessionTicket ticket = signed.ticket();
    SessionRepository.Evidence evidence = repository.evidence(ticket.session());
    return signed.isBy(evidence.secret()) && !evidence.isEnded()
        ? keys.find(ticket.workspace(), ticket.key(), now)
            .map(caller -> session(ticket, caller, evidence.secret()))
        : Optional.empty();
  }

  private Session session(SessionTicket ticket, Caller caller, SessionSecret secret) {
    return new Session(
        ticket.session(), caller, ticket.expiresAt(), ticket.token(secret), local.isSet());
  }

  public void end(Session session, Instant now) {
    repository.end(session.id(), session.expiresAt(), now);
  }
}
