package dev.stipend.alert.evaluation;

import dev.stipend.platform.isolation.SetAside;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.IntUnaryOperator;

/// Does batch work so that a row which cannot be worked on stops no other one.
@Singleton
public class IsolatedWork {
  private final SetAside setAside;

  IsolatedWork(SetAside setAside) {
    this.setAside = setAside;
  }

  /// Work that a transaction does in batches.
  ///
  /// @param atOnce how many rows a batch has at most
  /// @param transaction does a batch of so many rows at most, and answers how many it had; leaves
  ///     out what is set aside; throws a {@link dev.stipend.platform.isolation.WorkFailedException}
  ///     if it fails once it knows its rows
  public Batches batches(int atOnce, Instant now, IntUnaryOperator transaction) {
    return new Batches(setAside, atOnce, now, transaction);
  }
}
