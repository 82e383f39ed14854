package dev.stipend.migration.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.PlannedMigration.PlannedStatement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the corpus cannot show: psql sees some of it in another way, and the driver some.
class StatementSplitterTest {
  @Test
  void aTextWithEscapesGoesOnAfterANewline() {
    assertThat(split("SELECT E'a'\n'\\';', 1; SELECT 2"))
        .containsExactly("SELECT E'a'\n'\\';', 1", "SELECT 2");
    assertThat(split("SELECT E'a''b;\\'', 1; SELECT 2"))
        .containsExactly("SELECT E'a''b;\\'', 1", "SELECT 2");
  }

  @Test
  void whatIsNotClosedRunsToTheEnd() {
    assertThat(split("SELECT 1; SELECT 'a; SELECT 2;"))
        .containsExactly("SELECT 1", "SELECT 'a; SELECT 2;");
    assertThat(split("/* a; /* b; */ SELECT 1;")).isEmpty();
    assertThat(split("DO $$ BEGIN; END;")).containsExactly("DO $$ BEGIN; END;");
    assertThat(split("")).isEmpty();
  }

  @Test
  void whatFollowsACopyInItsLineRunsAfterIt() {
    assertThat(StatementSplitter.split("COPY t FROM stdin; SELECT 1;\n1;\n\\.\nSELECT 2;"))
        .containsExactly(
            new StatementSplitter.Piece("COPY t FROM stdin", 1, Optional.of("1;\n")),
            new StatementSplitter.Piece("SELECT 1", 1, Optional.empty()),
            new StatementSplitter.Piece("SELECT 2", 4, Optional.empty()));
  }

  @Test
  void aPrintedCopyHasItsData() {
    assertThat(
            new PlannedStatement("COPY t FROM stdin", 1, "", Optional.empty(), Optional.of("1\n"))
                .script())
        .isEqualTo("COPY t FROM stdin;\n1\n\\.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE TABLE t (id int)                                    | true",
        "ALTER TYPE mood ADD VALUE 'new'                            | true",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY v                   | true",
        "CREATE /* concurrently */ INDEX i ON t (id)                | true",
        "SELECT 'VACUUM'                                            | true",
        "CREATE UNIQUE /* now */ INDEX CONCURRENTLY i ON t (id)     | false",
        "DROP INDEX CONCURRENTLY i                                  | false",
        "REINDEX INDEX CONCURRENTLY i                               | false",
        "REINDEX (VERBOSE) TABLE CONCURRENTLY t                     | false",
        "REINDEX DATABASE d                                         | false",
        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY              | false",
        "VACUUM t                                                   | false",
        "ALTER SYSTEM SET work_mem = '1MB'                          | false",
        "CREATE DATABASE d                                          | false",
      })
  void whatCannotRunInATransactionIsKnown(String sql, boolean transactional) {
    assertThat(ScriptReader.read("V1__a.sql", sql).transactional()).isEqualTo(transactional);
  }

  private static List<String> split(String text) {
    return StatementSplitter.split(text).stream().map(StatementSplitter.Piece::sql).toList();
  }
}
