package dev.stipend.reservation;

import dev.stipend.budget.Headroom;
import dev.stipend.json.JsonText;
import dev.stipend.spend.Attribution;
import dev.stipend.sql.RowIds;
import dev.stipend.workspace.Caller;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Makes reservations: in one statement, or, where a repetition is to be answered, in one
/// transaction.
@Singleton
class Placement {
  private final Holds holds;
  private final ReservationRepository reservations;
  private final RowIds ids;
  private final JsonText json;
  private final TransactionOperations<Connection> transactions;

  Placement(
      Holds holds,
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

  /// Holds what was decided.
  ///
  /// @throws RuntimeException of state {@link Holds#REFUSED} if a hard limit would be exceeded
  Outcome.Reserved place(
      Caller caller,
      Work work,
      Decision decision,
      Instant expiresAt,
      Optional<RequestKey> key,
      Instant now,
      Function<Outcome.Reserved, String> answer) {
    UUID workspace = caller.workspace().id();
    NewReservation wanted =
        new NewReservation(
            workspace, ids.next(), decision.estimate().cost(), now, expiresAt, request(work), key);
    if (key.isEmpty()) {
      return place(wanted, decision);
    }
    return transactions.execute(
        TransactionDefinition.DEFAULT,
        transaction -> {
          Outcome.Reserved reserved = place(wanted, decision);
          reservations.remember(workspace, wanted.id(), answer.apply(reserved));
          return reserved;
        });
  }

  private Outcome.Reserved place(NewReservation wanted, Decision decision) {
    List<Headroom> left = holds.place(wanted, decision.budgets(), Reservations.PATIENCE);
    Reservation reservation =
        new Reservation(
            wanted.id(),
            wanted.amount(),
            ReservationState.HELD,
            wanted.expiresAt(),
            wanted.createdAt(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Outcome.Reserved(
        reservation, new Decision(decision.id(), decision.estimate(), left, true));
  }

  /// What the work told of itself, in the fields of a usage event.
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
