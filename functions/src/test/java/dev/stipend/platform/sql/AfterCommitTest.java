package dev.stipend.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.support.CapturedLog;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import io.micronaut.core.type.Argument;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What follows a commit, with the one connection that a pool has.
@ExtendWith(StipendExtension.class)
final class AfterCommitTest {
  private final List<String> done = new ArrayList<>();
  private AfterCommit afterCommit;
  private TransactionOperations<Connection> transactions;
  private ConnectionOperations<Connection> connections;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void find(Stipend stipend) {
    afterCommit = stipend.context.getBean(AfterCommit.class);
    transactions =
        stipend.context.getBean(Argument.of(TransactionOperations.class, Connection.class));
    connections =
        stipend.context.getBean(Argument.of(ConnectionOperations.class, Connection.class));
  }

  private void inTransaction(Runnable work) {
    transactions.execute(
        TransactionDefinition.DEFAULT,
        transaction -> {
          work.run();
          return true;
        });
  }

  private void withConnection(Runnable work) {
    connections.execute(
        ConnectionDefinition.DEFAULT,
        connection -> {
          work.run();
          return true;
        });
  }

  private void later(String what) {
    afterCommit.run(() -> done.add(what));
  }

  @Test
  void piecesRunInTheirOrderOnceTheTransactionHasCommitted() {
    inTransaction(
        () -> {
          later("first");
          later("second");
          done.add("commit");
        });

    assertThat(done).containsExactly("commit", "first", "second");
  }

  @Test
  void aTransactionInsideAnotherWaitsForTheOuterOne() {
    inTransaction(
        () -> {
          later("first");
          inTransaction(() -> inTransaction(() -> later("inside")));
          later("last");
          done.add("commit");
        });

    assertThat(done).containsExactly("commit", "first", "inside", "last");
  }

  @Test
  void aTransactionThatIsRolledBackLeavesNothing() {
    assertThatThrownBy(
            () ->
                inTransaction(
                    () -> {
                      later("before");
                      inTransaction(() -> later("inside"));
                      throw new ArithmeticException("wrong");
                    }))
        .isInstanceOf(ArithmeticException.class);
    inTransaction(() -> later("the next attempt"));

    assertThat(done).containsExactly("the next attempt");
  }

  @Test
  void aTransactionInsideThatFailsTakesTheOuterOneWithIt() {
    assertThatThrownBy(
            () ->
                inTransaction(
                    () -> {
                      later("outside");
                      try {
                        inTransaction(
                            () -> {
                              later("inside");
                              throw new ArithmeticException("wrong");
                            });
                      } catch (ArithmeticException wrong) {
                        later("caught");
                      }
                    }))
        .hasMessageContaining("rolled back");

    assertThat(done).isEmpty();
  }

  @Test
  void aPieceThatFailsIsLoggedAndTheOthersAreDone() {
    try (CapturedLog log = CapturedLog.start()) {
      inTransaction(
          () -> {
            later("first");
            afterCommit.run(
                () -> {
                  throw new IllegalStateException("the queue does not answer");
                });
            later("last");
          });

      assertThat(log.text("dev.stipend.platform.sql")).contains("the queue does not answer");
    }
    assertThat(done).containsExactly("first", "last");
  }

  @Test
  void aPieceMayHaveATransactionOfItsOwnWithPiecesOfItsOwn() {
    inTransaction(
        () -> {
          afterCommit.run(
              () -> {
                assertThat(connections.findConnectionStatus()).isEmpty();
                assertThat(transactions.findTransactionStatus()).isEmpty();
                inTransaction(() -> later("of the piece"));
              });
          later("last");
        });

    assertThat(done).containsExactly("of the piece", "last");
  }

  @Test
  void piecesWaitForWhoeverHoldsTheConnectionAroundTheTransaction() {
    withConnection(
        () -> {
          withConnection(() -> inTransaction(() -> later("first")));
          assertThatThrownBy(
                  () ->
                      inTransaction(
                          () -> {
                            later("rolled back");
                            throw new ArithmeticException("wrong");
                          }))
              .isInstanceOf(ArithmeticException.class);
          inTransaction(
              () -> afterCommit.run(() -> inTransaction(() -> done.add("with a connection"))));
          done.add("released");
        });

    assertThat(done).containsExactly("released", "first", "with a connection");
  }

  @Test
  void outsideATransactionThereIsNoCommitToWaitFor() {
    assertThatIllegalStateException().isThrownBy(() -> later("never"));
    withConnection(() -> assertThatIllegalStateException().isThrownBy(() -> later("never")));

    assertThat(done).isEmpty();
  }
}
