package dev.stipend.migration;

import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.SettableClock;
import dev.stipend.support.database.Database;
import dev.stipend.support.database.FixedAddress;
import io.micronaut.flyway.FlywayConfigurationProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Migrations in a directory, and a database for them. Arguments of a run are `name=value`, or
/// `target` alone as it stands behind the verb.
public final class TestMigrations {
  static final String SCHEMA = "app";

  private final String url;
  private final Path directory;
  public final Database database;
  private String environment = "test";
  private Duration wakeUp = Duration.ZERO;

  public TestMigrations(String url, Path directory) {
    this.url = url;
    this.directory = directory;
    this.database = new Database(url);
  }

  public TestMigrations in(String name) {
    environment = name;
    return this;
  }

  public TestMigrations patient(Duration patience) {
    wakeUp = patience;
    return this;
  }

  public TestMigrations file(String name, String sql) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, sql);
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// As many migrations, each making a table.
  public TestMigrations tables(int count) {
    for (int i = 1; i <= count; i++) {
      file("V%03d__create_t%d.sql".formatted(i, i), "CREATE TABLE app.t%d (id int);".formatted(i));
      file("U%03d__create_t%d.sql".formatted(i, i), "DROP TABLE app.t%d;".formatted(i));
    }
    return this;
  }

  public MigrationReport run(String verb, String... arguments) {
    return run(RunContext.unlimited(), verb, arguments);
  }

  public MigrationReport run(RunContext context, String verb, String... arguments) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("set", directory.toString());
    fields.put("schema", SCHEMA);
    return request(context, fields, verb, arguments);
  }

  public MigrationReport core(String verb, String... arguments) {
    return request(RunContext.unlimited(), new LinkedHashMap<>(), verb, arguments);
  }

  public MigrationReport pack(String name, String schema, String verb, String... arguments) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("pack", name);
    fields.put("schema", schema);
    return request(RunContext.unlimited(), fields, verb, arguments);
  }

  private MigrationReport request(
      RunContext context, Map<String, Object> fields, String verb, String... arguments) {
    fields.put("verb", verb);
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      fields.put(parts[0], parts.length > 1 ? parts[1] : "true");
    }
    return migrator().run(MigrationRequest.read(fields), context);
  }

  private Migrator migrator() {
    return new Migrator(
        new FixedAddress(url),
        new FlywayConfigurationProperties("default"),
        List.of(),
        new SettableClock(),
        RandomGenerator.getDefault(),
        wakeUp,
        environment,
        "");
  }
}
