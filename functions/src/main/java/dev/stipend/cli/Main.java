package dev.stipend.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where the command line starts.
public final class Main {
  private Main() {}

  /// Runs the command that the arguments name, and exits with its code.
  public static void main(String[] arguments) {
    // Before anything logs: what a command prints may be read by another program.
    System.setProperty("logback.configurationFile", "logback-cli.xml");
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8));
    System.exit(StipendCommand.run(Map.of(), out, err, arguments));
  }
}
