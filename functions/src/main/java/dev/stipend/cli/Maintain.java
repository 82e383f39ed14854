package dev.stipend.cli;

import dev.stipend.maintenance.pack.PackVerb;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Maintains a watched system whose schema is a pack, as its document asks for.
@Command(
    name = "maintain",
    description = {
      "Maintains a watched system whose schema is a pack: archives old rows, rebuilds indexes,"
          + " updates statistics, measures columns of JSON, as its document asks for.",
      "Twice is once, and two never run at once. It works as the owner of the schema."
    },
    mixinStandardHelpOptions = true,
    subcommands = {Maintain.LegacyData.class, Maintain.UserData.class, Maintain.OldData.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done, or nothing to do",
      "1:something failed, or rows were rejected",
      "2:usage error",
      "3:refused: the pack was not deployed there, or asks for no such thing",
      "15:stopped in time; run it once more",
      "20-35:the database cannot be used; the message says what to do",
      "36:somebody else works on it"
    })
final class Maintain implements Callable<Integer> {
  @ParentCommand private StipendCommand stipend;

  @Spec private CommandSpec spec;

  @Mixin private PackOptions options;

  @Override
  public Integer call() {
    return run(options, PackVerb.MAINTAIN, Optional.empty(), spec);
  }

  private int run(PackOptions chosen, PackVerb verb, Optional<Path> file, CommandSpec command) {
    return chosen.run(stipend, verb, file, command.commandLine());
  }

  /// The document's `scripts/migrate_legacy_data.py`.
  @Command(
      name = "migrate-legacy-data",
      aliases = "migrate_legacy_data",
      description =
          "Copies usage_logs to ai_requests, and counts them in cost_tracking. Twice is once.",
      mixinStandardHelpOptions = true)
  static final class LegacyData implements Callable<Integer> {
    @ParentCommand private Maintain maintain;

    @Spec private CommandSpec spec;

    @Mixin private PackOptions options;

    @Override
    public Integer call() {
      return maintain.run(options, PackVerb.MIGRATE_LEGACY_DATA, Optional.empty(), spec);
    }
  }

  /// The document's `scripts/import_user_data.py`.
  @Command(
      name = "import-user-data",
      aliases = "import_user_data",
      description = {
        "Imports users from a CSV file whose header names columns of users; username and email"
            + " must be there. Users who are there already are left as they are.",
        "Rejected rows go to NAME.rejected.csv beside NAME.csv, with the reason."
      },
      mixinStandardHelpOptions = true)
  static final class UserData implements Callable<Integer> {
    @ParentCommand private Maintain maintain;

    @Spec private CommandSpec spec;

    @Mixin private PackOptions options;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Override
    public Integer call() {
      return maintain.run(options, PackVerb.IMPORT_USER_DATA, Optional.of(file), spec);
    }
  }

  /// The document's `scripts/cleanup_old_data.py`.
  @Command(
      name = "cleanup-old-data",
      aliases = "cleanup_old_data",
      description =
          "Deletes rows of usage_logs that migrate-legacy-data has copied, and archives old tasks"
              + " that have ended.",
      mixinStandardHelpOptions = true)
  static final class OldData implements Callable<Integer> {
    @ParentCommand private Maintain maintain;

    @Spec private CommandSpec spec;

    @Mixin private PackOptions options;

    @Override
    public Integer call() {
      return maintain.run(options, PackVerb.CLEANUP_OLD_DATA, Optional.empty(), spec);
    }
  }
}
