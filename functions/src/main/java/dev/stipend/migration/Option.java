package dev.stipend.migration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The options of a verb, on the command line as `--name`, in an invocation as `"name"`.
public enum Option {
  SET("NAME|PATH", "migration set: core, or a directory or jar of V and U files (core)"),
  PACK("NAME", "schema of a known system that Stipend brings along, instead of a set"),
  VARIANT("NAME", "form of the pack; remembered from its first deploy on"),
  SCHEMA("NAME", "schema that it belongs to (stipend for core, that of the pack, else public)"),
  DRY_RUN("", "print the plan instead of running it"),
  SQL("", "print the plan as plain SQL"),
  OUT_OF_ORDER("", "also run migrations that are older than the newest applied one"),
  ALLOW_DRIFT("", "continue although the schema differs from what the last run left"),
  ACCEPT("", "accept the schema as it is now"),
  LOCK_WAIT("SECONDS", "how long to wait for another migrator (60)"),
  APPLIED("VERSION", "this version counts as applied, without running it"),
  ROLLED_BACK("VERSION", "this failed version counts as not applied"),
  CHECKSUM("VERSION", "the file of this version is correct as it is"),
  CONFIRM("TEXT", "the confirmation that a refusal asks for"),
  DATABASE("NAME", "the name of the database, typed out"),
  UNCHECKED("", "record it although the schema is not what the migrations make"),
  DROP("", "drop the views again"),
  MESSAGE("TEXT", "what it does, instead of NAME", "-m"),
  AUTOGENERATE("", "accepted for the habit's sake: the SQL is written by hand");

  private final String value;
  private final String description;
  private final String letter;

  Option(String value, String description) {
    this(value, description, "");
  }

  Option(String value, String description, String letter) {
    this.value = value;
    this.description = description;
    this.letter = letter;
  }

  /// Its name without dashes before it.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What stands for its value; empty for a switch.
  public String value() {
    return value;
  }

  public String description() {
    return description;
  }

  /// What it is called on the command line.
  public List<String> names() {
    return letter.isEmpty() ? List.of("--" + label()) : List.of(letter, "--" + label());
  }

  /// Finds it by `lock-wait` or `lockWait`.
  static Optional<Option> find(String label) {
    String wanted = label.replace("-", "").toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(option -> option.label().replace("-", "").equals(wanted))
        .findFirst();
  }
}
