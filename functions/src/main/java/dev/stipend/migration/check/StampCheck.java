package dev.stipend.migration.check;

import dev.stipend.migration.Plan;
import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.Verb;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.drift.Fingerprint;
import dev.stipend.migration.files.Pack;
import dev.stipend.migration.files.Script;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares a schema that was made in another way with what the migrations make, which a rehearsal
/// tells.
public final class StampCheck {
  private static final int NAMED = 10;
  private static final List<String> WEIGHTS = List.of("table", "column", "type", "constraint");

  /// A kind and a name, which may have its table before it and arguments after it.
  private static final Pattern OBJECT =
      Pattern.compile("(?<kind>\\w+) (?:\\w+\\.)?(?<name>\\w+)(?:\\(.*)?");

  private final Run run;
  private final String override;

  public StampCheck(Run run) {
    this.run = run;
    this.override =
        "Nothing was %s. Correct the schema, or run %s with --unchecked to accept it as it is"
            .formatted(
                run.request().verb() == Verb.STAMP ? "stamped" : "recorded",
                run.request().verb().label());
  }

  /// What a rehearsal has made.
  private record Made(Fingerprint fingerprint, List<String> objects) {}

  /// Refuses a schema that lacks something of it, or has it otherwise. What else is there is noted.
  ///
  /// @param scripts the names of the files that are to count as applied
  /// @return what they make, object by object
  public List<String> passed(Set<String> scripts) throws SQLException {
    List<Plan.Step> steps = steps(scripts);
    Made made = rehearsed(steps);
    List<Difference> differences =
        Fingerprint.of(run.connection(), run.set().schema()).since(made.fingerprint());
    String sql = sql(steps);
    refuse(
        "these migrations make",
        differences.stream()
            .filter(each -> each.was().isPresent() || drops(sql, each.object()))
            .toList());
    noteOthers(differences, made.fingerprint().objects().keySet());
    return made.objects();
  }

  /// The same for one migration, on top of those that are applied. What others make is not its
  /// concern.
  ///
  /// @param applied the names of their files
  /// @return what it makes, object by object; empty if that is nothing
  public List<String> passedAlone(Set<String> applied, String script) throws SQLException {
    Set<String> all = new HashSet<>(applied);
    all.add(script);
    Map<String, String> without = rehearsed(steps(applied)).fingerprint().objects();
    Made made = rehearsed(steps(all));
    Set<String> own = new HashSet<>();
    made.fingerprint()
        .objects()
        .forEach(
            (object, definition) -> {
              if (!definition.equals(without.get(object))) {
                own.add(object);
              }
            });
    String sql = sql(steps(Set.of(script)));
    List<Difference> differences =
        Fingerprint.of(run.connection(), run.set().schema()).since(made.fingerprint());
    refuse(
        script + " makes",
        differences.stream()
            .filter(each -> own.contains(each.object()) || drops(sql, each.object()))
            .toList());
    noteOthers(differences, own);
    return own.isEmpty() ? List.of() : made.objects();
  }

  /// Why it cannot be determined what a migration makes on top of others; empty if it can.
  public Optional<String> obstacle(Set<String> applied, String script) throws SQLException {
    Set<String> all = new HashSet<>(applied);
    all.add(script);
    try {
      new Rehearsal(run, "What it makes cannot be determined").aside(steps(all), () -> script);
      return Optional.empty();
    } catch (StoppedException inVain) {
      return Optional.ofNullable(inVain.getMessage());
    }
  }

  private List<Plan.Step> steps(Set<String> scripts) {
    return new Plan(run, run.flyway().fromNothing())
        .steps().stream().filter(step -> scripts.contains(step.migration().getScript())).toList();
  }

  private Made rehearsed(List<Plan.Step> steps) throws SQLException {
    String schema = run.set().schema();
    return new Rehearsal(run, "What these migrations make cannot be determined. " + override)
        .aside(
            steps,
            () ->
                new Made(
                    Fingerprint.within(run.connection(), schema, Rehearsal.ASIDE),
                    MadeObjects.all(run.connection(), schema)));
  }

  private void refuse(String what, List<Difference> differences) {
    if (!differences.isEmpty()) {
      List<String> sentences =
          differences.stream()
              .sorted(Comparator.comparingInt(StampCheck::weight))
              .map(StampCheck::sentence)
              .toList();
      throw new StoppedException(
          RunOutcome.REFUSED,
          "The schema is not what %s: %s. %s.%s"
              .formatted(
                  what,
                  few(sentences),
                  override,
                  run.set().pack().flatMap(Pack::overExisting).map(" Or "::concat).orElse("")));
    }
  }

  private static String sql(List<Plan.Step> steps) {
    return steps.stream()
        .flatMap(step -> step.script().stream())
        .flatMap(script -> script.statements().stream())
        .map(Script.Statement::sql)
        .collect(Collectors.joining(";\n"));
  }

  /// Whether the migrations drop an object: one that is still there has not seen all of them.
  private static boolean drops(String sql, String object) {
    Matcher parts = OBJECT.matcher(object);
    return parts.matches()
        && Pattern.compile(
                "(?i)\\bDROP\\s+%s\\s+(CONCURRENTLY\\s+)?(IF\\s+EXISTS\\s+)?(\"?\\w+\"?\\.)?\"?%s\"?(?!\\w)"
                    .formatted(parts.group("kind"), Pattern.quote(parts.group("name"))))
            .matcher(sql)
            .find();
  }

  /// What else follows from comes first.
  private static int weight(Difference difference) {
    int weight = WEIGHTS.indexOf(difference.object().replaceFirst(" .*", ""));
    return weight < 0 ? WEIGHTS.size() : weight;
  }

  private static String sentence(Difference difference) {
    String is = difference.is().orElse("");
    String was = difference.was().orElse("");
    if (difference.is().isEmpty()) {
      return difference.object() + " is missing";
    }
    if (difference.was().isEmpty()) {
      return difference.object() + " is still there, and they drop it";
    }
    return is.isBlank() || was.isBlank() || difference.object().startsWith("function ")
        ? difference.object() + " is different"
        : "%s is %s, and they make it %s".formatted(difference.object(), is, was);
  }

  /// Notes what else tables have.
  ///
  /// @param made what the migrations make
  private void noteOthers(List<Difference> differences, Set<String> made) {
    List<String> more =
        differences.stream()
            .map(Difference::object)
            .filter(object -> !made.contains(object) && isPartOfATable(object, made))
            .toList();
    if (!more.isEmpty()) {
      run.draft()
          .warnings
          .add("Also there, and not made by these migrations: %s.".formatted(few(more)));
    }
  }

  private static boolean isPartOfATable(String object, Set<String> made) {
    int space = object.indexOf(' ');
    int dot = object.indexOf('.');
    return dot > space
        && Stream.of("column ", "constraint ", "trigger ", "policy ").anyMatch(object::startsWith)
        && made.contains("table " + object.substring(space + 1, dot));
  }

  private static String few(List<String> all) {
    List<String> some = new ArrayList<>(all.subList(0, Math.min(NAMED, all.size())));
    if (all.size() > NAMED) {
      some.add("and %d more".formatted(all.size() - NAMED));
    }
    return some.stream().collect(Collectors.joining("; "));
  }
}
