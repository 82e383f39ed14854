package dev.stipend.cli;

import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command that all others are subcommands of. It does nothing by itself.
@Command(
    name = "stipend",
    description = "Commands for operators of Stipend. DATABASE_URL names the database.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    subcommands = {Maintain.class, Migrate.class, Prices.class, Source.class, Usage.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:usage error"})
final class StipendCommand implements Runnable {
  /// The environment that commands start the application in.
  static final String ENVIRONMENT = "cli";

  @Spec private CommandSpec spec;

  private final Map<String, Object> settings;

  private StipendCommand(Map<String, Object> settings) {
    this.settings = settings;
  }

  /// Runs a command.
  ///
  /// @param settings what goes before the environment
  /// @return the exit code
  static int run(
      Map<String, Object> settings, PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine stipend = new CommandLine(new StipendCommand(settings));
    Migrate.addVerbs(stipend);
    return stipend
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("stipend: " + Failure.sentence(failure));
              command.getErr().flush();
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(arguments);
  }

  /// What the commands need of the application, started when a command asks for it; the caller
  /// closes it.
  ApplicationContext start() {
    return ApplicationContext.builder(ENVIRONMENT).properties(settings).banner(false).start();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }
}
