package dev.stipend.bench;

import dev.stipend.bench.environment.InvocationContext;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import dev.stipend.lambda.MigrateDatabaseFunction;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/// A deploy that finds nothing to do, and one of many migrations on an empty database beside
/// Flyway's own command on the same files.
final class MigrationBenchmark {
  private static final int MIGRATIONS = 200;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 9;
  private static final int UP_TO_DATE_MILLISECONDS = 300;
  private static final double REQUIRED_RATIO = 1.5;
  private static final String STIPEND = "stipend";
  private static final String FLYWAY = "flyway";

  private MigrationBenchmark() {}

  static List<Figure> run(PostgresServer postgres) {
    try {
      return List.of(upToDate(postgres), many(postgres));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Figure upToDate(PostgresServer postgres) {
    Medians times = new Medians();
    try (ApplicationContext context = context(postgres.create("migrated"))) {
      MigrateDatabaseFunction migrate = new MigrateDatabaseFunction(context);
      for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
        double milliseconds = timed(() -> deploy(migrate, Map.of("verb", "deploy")));
        if (round >= WARM_UP_ROUNDS) {
          times.add(STIPEND, milliseconds);
        }
      }
    }
    return new Figure(
        "deploy, nothing to do",
        "ms",
        times.of(STIPEND),
        OptionalDouble.empty(),
        new Figure.Requirement.AtMost(UP_TO_DATE_MILLISECONDS));
  }

  private static Figure many(PostgresServer postgres) throws IOException {
    Path files = Files.createTempDirectory("stipend-bench-migrations");
    for (int i = 1; i <= MIGRATIONS; i++) {
      Files.writeString(
          files.resolve("V%03d__create_t%d.sql".formatted(i, i)),
          """
          CREATE TABLE app.t%1$d (id bigint PRIMARY KEY, name text NOT NULL);
          CREATE INDEX t%1$d_name ON app.t%1$d (name);
          """
              .formatted(i));
    }
    Medians times = new Medians();
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (String side : Medians.turn(List.of(STIPEND, FLYWAY), round)) {
        String database = postgres.create("many_%s_%d".formatted(side, round));
        double milliseconds =
            side.equals(STIPEND) ? ours(database, files) : flyways(database, files);
        if (round >= WARM_UP_ROUNDS) {
          times.add(side, milliseconds);
        }
      }
    }
    delete(files);
    return new Figure(
        "deploy, 200 migrations",
        "ms",
        times.of(STIPEND),
        OptionalDouble.of(times.of(FLYWAY)),
        new Figure.Requirement.RatioAtMost(REQUIRED_RATIO));
  }

  private static double ours(String database, Path files) {
    try (ApplicationContext context = context(database)) {
      MigrateDatabaseFunction migrate = new MigrateDatabaseFunction(context);
      return timed(
          () ->
              deploy(migrate, Map.of("verb", "deploy", "set", files.toString(), "schema", "app")));
    }
  }

  private static double flyways(String database, Path files) {
    String jdbc = database.replaceFirst("^postgresql://[^@]*@", "jdbc:postgresql://");
    return timed(
        () ->
            Flyway.configure()
                .dataSource(jdbc, "postgres", "postgres")
                .locations("filesystem:" + files)
                .schemas("app")
                .load()
                .migrate());
  }

  private static ApplicationContext context(String database) {
    return ApplicationContext.builder("function")
        .properties(Map.of("database.url", database))
        .start();
  }

  private static void deploy(MigrateDatabaseFunction migrate, Map<String, Object> request) {
    migrate.handleRequest(request, new InvocationContext());
  }

  private static double timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
