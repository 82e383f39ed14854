package dev.stipend.cli;

import dev.stipend.migration.MigrationRequest;
import dev.stipend.migration.Migrator;
import dev.stipend.migration.Option;
import dev.stipend.migration.RunContext;
import dev.stipend.migration.Verb;
import dev.stipend.migration.report.MigrationReport;
import io.micronaut.context.ApplicationContext;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Gathers the verbs of the migrator. They are made from what the migrator says it understands, so
/// that the command line and an invocation of the function take the same words.
@Command(
    name = "migrate",
    description = {
      "Migrates the database's schema, and shows its state.",
      "The verbs of Prisma and Alembic work as well."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done, or up to date",
      "1:failed",
      "2:usage error",
      "3:refused by a guard",
      "10:migrations are pending",
      "11:a migration failed",
      "12:history and files have diverged",
      "13:the schema has drifted",
      "14:applied, but verification failed",
      "15:stopped before time ran out, migrations are pending",
      "16:lint found errors",
      "20-38:a prerequisite of migrations is missing; the message says what to do"
    })
final class Migrate implements Runnable {
  private static final String JSON = "--json";
  private static final String COLOUR = "--color";

  @ParentCommand private StipendCommand stipend;

  @Spec private CommandSpec spec;

  /// Adds the verbs to the command.
  static void addVerbs(CommandLine stipend) {
    CommandLine migrate = Objects.requireNonNull(stipend.getSubcommands().get("migrate"));
    for (Verb verb : Verb.values()) {
      CommandLine command = new CommandLine(verbSpec(migrate.getCommand(), verb));
      // -1 is no option of downgrade but its parameter.
      command.setUnmatchedOptionsArePositionalParams(verb == Verb.DOWNGRADE);
      migrate.addSubcommand(verb.label(), command, verb.aliases().toArray(String[]::new));
    }
    migrate.addSubcommand("help", new CommandLine.HelpCommand());
  }

  private static CommandSpec verbSpec(Migrate migrate, Verb verb) {
    CommandSpec[] itself = new CommandSpec[1];
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(
            (java.util.concurrent.Callable<Integer>) () -> migrate.run(verb, itself[0]));
    itself[0] = spec;
    spec.name(verb.label()).mixinStandardHelpOptions(true);
    spec.usageMessage().description(capital(verb.description()) + ".");
    for (Option option : verb.options()) {
      spec.addOption(
          OptionSpec.builder(option.names().toArray(String[]::new))
              .type(option.value().isEmpty() ? boolean.class : String.class)
              .paramLabel(option.value())
              .description(capital(option.description()) + ".")
              .build());
    }
    spec.addOption(
        OptionSpec.builder(JSON)
            .type(boolean.class)
            .description("Print the report as JSON.")
            .build());
    spec.addOption(
        OptionSpec.builder(COLOUR)
            .type(ColourChoice.class)
            .paramLabel("WHEN")
            .description("auto, always or never (default: auto, which colors on a terminal).")
            .build());
    if (!verb.parameter().isEmpty()) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .type(String.class)
              .index("0")
              .arity("0..1")
              .paramLabel(verb.parameter())
              .description(parameter(verb))
              .build());
    }
    return spec;
  }

  private static String parameter(Verb verb) {
    return switch (verb) {
      case CREATE -> "What it does, such as add_budget_owner.";
      case DOWNGRADE -> "-n, base, or the version to go back to (-1).";
      case STAMP -> "The version, head, or base for none.";
      default -> "The version, +n, or head (head).";
    };
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private int run(Verb verb, CommandSpec command) {
    CommandLine.ParseResult parsed = command.commandLine().getParseResult();
    Map<Option, String> options = new EnumMap<>(Option.class);
    for (Option option : verb.options()) {
      Object value = parsed.matchedOptionValue("--" + option.label(), null);
      if (value != null) {
        options.put(option, String.valueOf(value));
      }
    }
    Optional<String> parameter =
        parsed.hasMatchedPositional(0)
            ? Optional.of(parsed.matchedPositionalValue(0, ""))
            : Optional.empty();
    try (ApplicationContext context = stipend.start()) {
      MigrationReport report =
          context
              .getBean(Migrator.class)
              .run(new MigrationRequest(verb, parameter, options), RunContext.unlimited());
      PrintWriter out = command.commandLine().getOut();
      if (parsed.hasMatchedOption(JSON)) {
        out.println(json(context, report));
      } else {
        ColourChoice colour = parsed.matchedOptionValue(COLOUR, ColourChoice.AUTO);
        boolean asSql = options.containsKey(Option.SQL);
        new MigrationTable(out, colour.isOn()).print(verb, report, asSql);
      }
      out.flush();
      return report.exitCode();
    }
  }

  private static String json(ApplicationContext context, MigrationReport report) {
    try {
      return context.getBean(ObjectMapper.class).writeValueAsString(report.toMap());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a verb.");
  }
}
