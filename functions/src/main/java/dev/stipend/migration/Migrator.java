package dev.stipend.migration;

import dev.stipend.migration.check.Doctor;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.check.Preflight;
import dev.stipend.migration.check.PublicViews;
import dev.stipend.migration.check.SchemaContents;
import dev.stipend.migration.check.SearchPath;
import dev.stipend.migration.database.Connector;
import dev.stipend.migration.database.DatabaseLocation;
import dev.stipend.migration.database.Environment;
import dev.stipend.migration.database.MigrationLock;
import dev.stipend.migration.database.Session;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.NewMigration;
import dev.stipend.migration.files.Pack;
import dev.stipend.migration.history.HistoryEdits;
import dev.stipend.migration.history.PackHistory;
import dev.stipend.migration.history.RunLog;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.migration.report.Redaction;
import dev.stipend.migration.report.ReportDraft;
import dev.stipend.platform.database.SchemaVersion;
import dev.stipend.platform.sql.DatabaseAddress;
import io.micronaut.context.annotation.Value;
import io.micronaut.flyway.FlywayConfigurationProperties;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what a request asks for, and reports. Knows nothing of who asks.
@Singleton
public class Migrator {
  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);
  private static final Duration LOCK_WAIT = Duration.ofMinutes(1);

  private final Connector connector;
  private final FlywayConfigurationProperties properties;
  private final List<DeployedHook> hooks;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Environment environment;

  Migrator(
      DatabaseAddress address,
      @Named("default") FlywayConfigurationProperties properties,
      List<DeployedHook> hooks,
      InstantSource clock,
      RandomGenerator random,
      @Value("${stipend.database.wake-up:30s}") Duration wakeUp,
      @Nullable @Value("${stipend.environment:}") String environment,
      @Nullable @Value("${stipend.migration.role:}") String role) {
    this.connector = new Connector(address, wakeUp);
    this.properties = properties;
    this.hooks = hooks;
    this.clock = clock;
    this.random = random;
    this.environment = new Environment(given(environment), given(role));
  }

  private static Optional<String> given(@Nullable String setting) {
    return Optional.ofNullable(setting).filter(text -> !text.isBlank());
  }

  /// Never throws for what may happen: the report says it. It holds no secret.
  public MigrationReport run(MigrationRequest request, RunContext context) {
    ReportDraft draft = new ReportDraft(request.verb());
    Redaction redaction = Redaction.none();
    try {
      MigrationSet set = set(request);
      draft.of(set);
      if (request.verb() == Verb.CREATE) {
        String title = request.parameter().or(() -> request.text(Option.MESSAGE)).orElse("");
        NewMigration.write(set, title, request.has(Option.AUTOGENERATE), clock.instant(), draft);
        return draft.report(redaction);
      }
      redaction = Redaction.of(connector.url());
      connected(request, context, set, draft, redaction);
    } catch (StoppedException stopped) {
      draft.end(stopped);
    } catch (SQLException | RuntimeException failure) {
      // The cause is not handed on: its text may hold what the report must not.
      LOG.error("{} failed: {}", request.verb(), redaction.of(String.valueOf(failure)));
      draft.end(RunOutcome.FAILED, FailureText.sentence(failure));
    } finally {
      context.detach();
    }
    return draft.report(redaction);
  }

  private void connected(
      MigrationRequest request,
      RunContext context,
      MigrationSet wanted,
      ReportDraft draft,
      Redaction redaction)
      throws SQLException {
    String name = (SchemaVersion.REQUIRED + " " + context.requestId().orElse("")).strip();
    try (Session session =
        Session.of(
            connector.connect(context.budget()), context.budget(), name, environment.role())) {
      context.attach(session);
      draft.at(DatabaseLocation.of(connector.url()));
      MigrationSet set = PackHistory.settled(session.connection(), wanted);
      List<MigrationProblem> problems =
          request.verb() == Verb.UNLOCK
              ? List.of()
              : Preflight.problems(
                  session, set, request, () -> connector.connect(context.budget()));
      // The preflight has looked at the path that roles and databases bring along.
      SearchPath path = SearchPath.of(session.connection(), set);
      path.set(session.connection());
      FlywayRuns flyway = new FlywayRuns(properties.getFluentConfiguration(), session, set);
      Run run = new Run(request, context, set, session, path, flyway, environment, draft);
      if (request.verb() == Verb.UNLOCK) {
        new Doctor(run).unlock(Doctor.DEAD);
        return;
      }
      if (request.verb() == Verb.DOCTOR) {
        new Doctor(run).examine(problems);
        return;
      }
      Obstacles.stopFor(run, problems);
      if (request.onlyLooks()) {
        look(run, redaction);
      } else {
        locked(run, redaction);
      }
    }
  }

  /// Views are of Stipend's own tables, whatever schema they shall be in.
  private static MigrationSet set(MigrationRequest request) {
    if (request.verb() == Verb.VIEWS) {
      return MigrationSet.find(MigrationSet.CORE, Optional.empty());
    }
    Optional<String> pack = request.text(Option.PACK);
    if (pack.isPresent() == request.text(Option.SET).isPresent() && pack.isPresent()) {
      throw new StoppedException(RunOutcome.USAGE, "Give either --pack or --set.");
    }
    if (pack.isEmpty() && request.text(Option.VARIANT).isPresent()) {
      throw new StoppedException(RunOutcome.USAGE, "--variant is of a --pack; name it.");
    }
    return pack.isPresent()
        ? MigrationSet.of(
            Pack.find(pack.get()),
            request.text(Option.SCHEMA),
            request.text(Option.VARIANT),
            Set.of())
        : MigrationSet.find(
            request.text(Option.SET).orElse(MigrationSet.CORE), request.text(Option.SCHEMA));
  }

  private static void look(Run run, Redaction redaction) throws SQLException {
    ReadCommands answers = new ReadCommands(run);
    switch (run.request().verb()) {
      case STATUS -> answers.status();
      case CURRENT -> answers.current();
      case HISTORY -> answers.history();
      case LINT -> answers.lint();
      case DIFF -> answers.diff();
      case VERIFY -> answers.verify();
      case REPORT -> answers.report(redaction);
      default -> answers.plan();
    }
  }

  private void locked(Run run, Redaction redaction) throws SQLException {
    Instant started = clock.instant();
    try (RunLog log =
        new RunLog(
            connector.connect(run.budget()),
            run.set(),
            run.request().verb(),
            run.context(),
            started)) {
      Optional<RunLog.Finished> earlier = log.earlier();
      if (earlier.isPresent()) {
        repeat(run, earlier.get());
        return;
      }
      log.start(run.history().version());
      try {
        Duration wait =
            run.request()
                .text(Option.LOCK_WAIT)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(LOCK_WAIT);
        MigrationLock lock = new MigrationLock(run.session(), run.set());
        lock.take(run.budget().atMost(wait));
        run.context().check();
        for (MigrationProblem problem :
            Doctor.longTransactions(run.connection(), run.set().schema(), Doctor.LONG)) {
          run.draft().warnings.add(problem.sentence());
        }
        change(run);
      } catch (StoppedException stopped) {
        run.draft().end(stopped);
      } catch (SQLException | RuntimeException failure) {
        run.draft().end(RunOutcome.FAILED, FailureText.sentence(failure));
      } catch (Error failure) {
        run.draft().end(RunOutcome.FAILED, failure.toString());
        log.finish(run.draft().report(redaction), clock.instant());
        throw failure;
      }
      log.finish(run.draft().report(redaction), clock.instant());
    }
  }

  /// The same request came again: it is answered as it was, and nothing runs.
  private static void repeat(Run run, RunLog.Finished earlier) throws SQLException {
    run.draft().version(run.history().version());
    run.draft()
        .end(
            earlier.succeeded() ? RunOutcome.UP_TO_DATE : RunOutcome.FAILED,
            earlier.succeeded()
                ? "This request has been carried out before."
                : "This request failed before: " + earlier.error());
  }

  private void change(Run run) throws SQLException {
    new PackHistory(run.connection(), run.set()).adopt();
    switch (run.request().verb()) {
      case DEPLOY -> deploy(run);
      case DOWNGRADE -> new PublicViews(run).around(new Downgrade(run)::run);
      case VIEWS -> new PublicViews(run).run();
      case RESOLVE -> new HistoryEdits(run).resolve();
      case STAMP -> new HistoryEdits(run).stamp();
      case REPAIR -> new HistoryEdits(run).repair();
      case SEED -> new Development(run).seed(properties.getFluentConfiguration());
      case RESET -> {
        new PublicViews(run)
            .around(
                () -> {
                  Development development = new Development(run);
                  development.drop();
                  deploy(run);
                  development.seedAnew(properties.getFluentConfiguration());
                });
      }
      default -> new ReadCommands(run).diff();
    }
  }

  private void deploy(Run run) throws SQLException {
    new Deploy(run, random).run();
    run.draft().tables.addAll(SchemaContents.of(run.connection(), run.set().schema()).tables());
    boolean isComplete = run.request().parameter().isEmpty();
    if (run.set().isCore() && isComplete && run.draft().outcome() != RunOutcome.NEWER) {
      hooks.forEach(DeployedHook::deployed);
    }
  }
}
