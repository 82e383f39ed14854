package dev.stipend.migration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the migrator can be asked to do. Prisma's and Alembic's words for it are understood, too.
@SuppressWarnings("ImmutableEnumChecker") // Its lists are List.of and toList.
public enum Verb {
  DEPLOY(
      "bring the schema up to date, or to VERSION, head, +n",
      List.of("upgrade", "up", "migrate"),
      "TARGET",
      Option.DRY_RUN,
      Option.SQL,
      Option.OUT_OF_ORDER,
      Option.ALLOW_DRIFT,
      Option.LOCK_WAIT),
  STATUS("show the state of the schema, also as the exit code", List.of("info"), ""),
  CURRENT("show the schema's version", List.of(), ""),
  HISTORY("list the migrations, applied and pending", List.of("log"), ""),
  PLAN("print every statement that deploy would run", List.of(), "TARGET", Option.SQL),
  LINT("look for harmful statements in the pending files", List.of("check"), ""),
  DOWNGRADE(
      "undo the last migration, or n (-n), or all after VERSION, or all (base)",
      List.of("down", "undo"),
      "TARGET",
      Option.CONFIRM,
      Option.ALLOW_DRIFT,
      Option.DRY_RUN,
      Option.SQL,
      Option.LOCK_WAIT),
  RESOLVE(
      "record that a failed migration was finished or undone by hand",
      List.of(),
      "",
      Option.APPLIED,
      Option.ROLLED_BACK,
      Option.UNCHECKED),
  STAMP(
      "mark all migrations up to VERSION as applied, if the schema is what they make",
      List.of("baseline"),
      "VERSION",
      Option.UNCHECKED),
  REPAIR("accept the checksum of a file that was edited", List.of(), "", Option.CHECKSUM),
  DIFF(
      "list what something other than migrations changed in the schema",
      List.of("drift"),
      "",
      Option.ACCEPT),
  VERIFY("check tables, columns, indexes, foreign keys, orphan rows", List.of(), ""),
  REPORT(
      "show sizes, vacuum, indexes, slow queries, locks and connections to an operator",
      List.of(),
      ""),
  SEED("insert sample data; never in production", List.of(), ""),
  RESET(
      "drop what the migrations made and run them again; in development only",
      List.of(),
      "",
      Option.DATABASE,
      Option.CONFIRM),
  VIEWS(
      "show the tables budgets and alert_logs in another schema, as read-only views",
      List.of(),
      "",
      Option.DROP),
  CREATE(
      "write empty files for a new migration",
      List.of("revision", "new"),
      "NAME",
      Option.MESSAGE,
      Option.AUTOGENERATE),
  DOCTOR("check everything that migrations need", List.of("preflight"), ""),
  UNLOCK("show who holds the lock, and end it if it is our own dead session", List.of(), "");

  private final String description;
  private final List<String> aliases;
  private final String parameter;
  private final List<Option> options;

  Verb(String description, List<String> aliases, String parameter, Option... options) {
    this.description = description;
    this.aliases = aliases;
    this.parameter = parameter;
    this.options =
        Stream.concat(
                Stream.of(Option.SET, Option.PACK, Option.VARIANT, Option.SCHEMA),
                Arrays.stream(options))
            .toList();
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String description() {
    return description;
  }

  public List<String> aliases() {
    return aliases;
  }

  /// What stands for its parameter; empty if it has none.
  public String parameter() {
    return parameter;
  }

  public List<Option> options() {
    return options;
  }

  /// Whether it is there to do something: then not having done it is a failure, not an answer.
  public boolean acts() {
    return switch (this) {
      case DEPLOY, DOWNGRADE, RESOLVE, STAMP, REPAIR, SEED, RESET, VIEWS, CREATE -> true;
      case STATUS, CURRENT, HISTORY, PLAN, LINT, DIFF, VERIFY, REPORT, DOCTOR, UNLOCK -> false;
    };
  }

  /// Finds it by its name or another's name for it.
  static Optional<Verb> find(String label) {
    return Arrays.stream(values())
        .filter(verb -> verb.label().equals(label) || verb.aliases.contains(label))
        .findFirst();
  }
}
