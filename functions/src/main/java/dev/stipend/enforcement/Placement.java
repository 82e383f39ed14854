package dev.stipend.enforcement;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.tenant.Caller;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Makes reservations: in one statement, or, where a repetition is to be answered, in one
/// transaction.
@Singleton
public class Placement {
  private final HoldRepository holds;
  private final ReservationRepository reservations;
  private final RowIds ids;
  private final JsonText json;
  private final TransactionOperations<Connection> transactions;

  Placement(
      HoldRepository holds,
      ReservationRepository reservations,
      RowIds ids,
      JsonText json,
      TransactionOperations<Connection> transactions) {
    this.holds = holds;
    this.reservations = reservations;
    this.ids = ids;
    this.json = json;
    this.transactions = transactions;
  }

  /// Holds what was decided; empty if the budgets are not what they were then.
  ///
  /// @param stamp of the budgets that the decision rests on
  /// @throws RuntimeException of state {@link HoldRepository#REFUSED} if a hard limit would be
  ///     exceeded
  public Optional<ReserveOutcome.Reserved> place(
      Caller caller,
      Work work,
      Decision decision,
      UUID stamp,
      Instant expiresAt,
      Optional<RequestKey> key,
      Instant now,
      Function<ReserveOutcome.Reserved, String> answer) {
    UUID workspace = caller.workspace().id();
    Reservation reservation =
        Reservation.held(ids.next(), decision.estimate().cost(), expiresAt, now);
    NewReservation wanted = new NewReservation(workspace, reservation, request(work), key);
    if (key.isEmpty()) {
      return place(wanted, decision, stamp);
    }
    return transactions.execute(
        TransactionDefinition.DEFAULT,
        transaction -> {
          Optional<ReserveOutcome.Reserved> reserved = place(wanted, decision, stamp);
          reserved.ifPresent(
              first -> reservations.remember(workspace, reservation.id(), answer.apply(first)));
          return reserved;
        });
  }

  private Optional<ReserveOutcome.Reserved> place(
      NewReservation wanted, Decision decision, UUID stamp) {
    return holds
        .place(wanted, decision.budgets(), stamp)
        .map(
            left ->
                new ReserveOutcome.Reserved(
                    wanted.reservation(),
                    new Decision(decision.id(), decision.estimate(), left, decision.verified())));
  }

  /// The attribution of the work, in the fields of a usage event.
  private String request(Work work) {
    Map<String, Object> told = new LinkedHashMap<>();
    Attribution who = work.who();
    tell(told, "userId", who.userId());
    tell(told, "agentId", who.agentId());
    tell(told, "workflowId", who.workflowId());
    tell(told, "teamId", who.teamId());
    tell(told, "provider", who.provider());
    tell(told, "model", who.model());
    if (!work.tags().isEmpty()) {
      told.put("tags", work.tags());
    }
    return json.write(told);
  }

  private static void tell(Map<String, Object> told, String name, String value) {
    if (!value.isEmpty()) {
      told.put(name, value);
    }
  }
}
