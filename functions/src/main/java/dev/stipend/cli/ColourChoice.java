package dev.stipend.cli;

import java.io.Console;
import java.util.Optional;

/// When colours are used.
enum ColourChoice {
  AUTO,
  ALWAYS,
  NEVER;

  /// Whether they are used now: on a terminal, unless `NO_COLOR` is set (no-color.org).
  boolean isOn() {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          // Without a terminal there is no console, or one that is none, as the JDK has it.
          Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
              && System.getenv("NO_COLOR") == null;
    };
  }
}
