package dev.stipend.local.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/// What the person at the keyboard sees. Colours and moving bars only where there is a real
/// terminal.
public final class Terminal {

  private final PrintStream out;
  private final boolean interactive;

  public Terminal(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /// The process's own terminal.
  public static Terminal system() {
    return new Terminal(
        System.out, Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  public boolean interactive() {
    return interactive;
  }

  /// Prints a block of lines that no other thread's lines interrupt.
  public synchronized void print(String block) {
    out.println(block);
    out.flush();
  }

  public String bold(String text) {
    return styled("1", text);
  }

  public String faint(String text) {
    return styled("2", text);
  }

  private String styled(String code, String text) {
    return interactive ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
