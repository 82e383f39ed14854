package dev.stipend.money;

import org.jspecify.annotations.Nullable;

/// A number that is no amount of money; the message says why and reads on from the name of the
/// field, as in "cost has more than 12 decimals".
public final class AmountOutOfRangeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  AmountOutOfRangeException(String reason) {
    this(reason, null);
  }

  AmountOutOfRangeException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
