package dev.stipend.alert;

import dev.stipend.isolation.SetAside;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.IntFunction;

/// Does batch work so that a row which cannot be worked on stops no other one.
@Singleton
class IsolatedWork {
  private final SetAside setAside;

  IsolatedWork(SetAside setAside) {
    this.setAside = setAside;
  }

  /// Work that a transaction does in batches.
  ///
  /// @param atOnce how many rows a batch has at most
  /// @param transaction does a batch of so many rows at most; leaves out what is set aside; throws
  ///     a {@link dev.stipend.isolation.WorkFailedException} if it fails once it knows its rows
  Batches batches(int atOnce, Instant now, IntFunction<CounterEvaluation.Done> transaction) {
    return new Batches(setAside, atOnce, now, transaction);
  }
}
