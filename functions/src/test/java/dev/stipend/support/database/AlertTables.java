package dev.stipend.support.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Requests.Answer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An application whose schema `own` is one of the packs', and a role that may write its alerts.
public final class AlertTables {
  private static final Pattern GRANT = Pattern.compile("GRANT [^;]+;");

  public final Database database = new Database(TestServers.newDatabase());
  private final Stipend stipend;
  private final String role;

  /// Deploys a pack, and makes a role without any privilege, whose URL is the secret `ALERTS_URL`.
  public AlertTables(Stipend stipend, String pack, Path directory) {
    this.stipend = stipend;
    assertThat(new TestMigrations(database.url(), directory).pack(pack, "own", "deploy").exitCode())
        .isZero();
    role = "writer_" + database.value("SELECT md5(current_database())");
    database.execute("CREATE ROLE %s LOGIN PASSWORD 'writer'".formatted(role));
    stipend.set("alerts.url", url());
  }

  /// Where the role enters it.
  public String url() {
    return database.url().replace("postgres:postgres@", role + ":writer@") + "?sslmode=disable";
  }

  /// Makes its URL a secret of a workspace, and answers the secret's name.
  public String secretOf(String workspace) {
    String name = "STIPEND_SECRET_%s__ALERTS_URL".formatted(workspace.toUpperCase(Locale.ROOT));
    stipend.set(name.toLowerCase(Locale.ROOT).replace('_', '.'), url());
    return name;
  }

  /// Runs SQL past foreign keys and columns that are not what a test is about.
  public void insert(String sql) {
    database.execute(
        """
        DO $$ BEGIN
          SET session_replication_role = replica;
          SET search_path = own;
          %s;
          SET session_replication_role = origin;
        END $$
        """
            .formatted(sql));
  }

  /// Makes a channel that writes it.
  public Answer channel(String preset) {
    return stipend.api(
        "POST",
        "/api/channels",
        """
        {"kind": "table", "name": "App", "config": {"preset": "%s", "schema": "own", "urlSecret": "ALERTS_URL"}}
        """
            .formatted(preset));
  }

  /// Takes every privilege on a table back.
  public void revoke(String table) {
    database.execute("REVOKE ALL ON own.%s FROM %s".formatted(table, role));
  }

  /// Grants what a channel's answer asks for, and nothing else.
  public void grant(Answer asking) {
    Matcher grants = GRANT.matcher(asking.body().replace("\\\"", "\""));
    int granted = 0;
    while (grants.find()) {
      database.execute(grants.group());
      granted++;
    }
    assertThat(granted).as(asking.body()).isPositive();
  }
}
