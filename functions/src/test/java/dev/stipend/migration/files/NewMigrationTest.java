package dev.stipend.migration.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// create follows the layout that it finds.
class NewMigrationTest {
  @TempDir Path directory;

  private TestMigrations migrations() {
    return new TestMigrations("postgresql://nowhere/x", directory.resolve("set"));
  }

  private List<String> files() throws IOException {
    Path set = directory.resolve("set");
    try (Stream<Path> all = Files.walk(set)) {
      return all.filter(Files::isRegularFile)
          .map(file -> set.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "001_init.sql                          | 002_add_owner.sql",
        "1.init.sql                            | 2.add_owner.sql",
        "9-init.sql                            | 10-add_owner.sql",
        "20990220_init.sql                     | 20990221_add_owner.sql",
        "209902201015_init.sql                 | 209902201016_add_owner.sql",
        "20990220101559_init.sql               | 20990220101600_add_owner.sql",
        "001_init.up.sql,001_init.down.sql     | 002_add_owner.up.sql,002_add_owner.down.sql",
        "20990220101500_init/migration.sql     | 20990220101501_add_owner/migration.sql",
        "V7__init.sql                          |"
            + " V202001010000__add_owner.sql,U202001010000__add_owner.sql",
      })
  void theNewFilesAreLikeThoseThatAreThere(String there, String made) throws IOException {
    for (String file : there.split(",", -1)) {
      migrations().file(file, "SELECT 1;");
    }
    MigrationReport report = migrations().run("create", "target=add owner");
    assertThat(report.exitCode()).as(report.message()).isZero();
    List<String> now = files().stream().filter(file -> !there.contains(file)).toList();
    String wanted = made.replaceAll("[VU]2020[0-9]+", "");
    assertThat(now.stream().map(file -> file.replaceAll("^[VU]2[0-9]+", "")))
        .containsExactlyInAnyOrder(wanted.split(",", -1));
    assertThat(MigrationFiles.found(directory.resolve("set")).layout())
        .as("they belong to the set")
        .isNotNull();
  }

  @Test
  void dbmatesFilesHaveBothSections() throws IOException {
    migrations()
        .file(
            "20990220101500_init.sql", "-- migrate:up\nSELECT 1;\n\n-- migrate:down\nSELECT 2;\n");
    assertThat(migrations().run("create", "target=add owner").exitCode()).isZero();
    assertThat(Files.readString(directory.resolve("set/20990220101501_add_owner.sql")))
        .contains("-- migrate:up\n", "\n-- migrate:down\n");
  }

  @Test
  void aNewSetBeginsWithANewFolder() throws IOException {
    MigrationReport report =
        migrations().run("revision", "message=Add owner of budgets", "autogenerate");
    assertThat(report.exitCode()).as(report.message()).isZero();
    assertThat(files()).hasSize(2).allMatch(file -> file.endsWith("__add_owner_of_budgets.sql"));
    assertThat(report.warnings())
        .containsExactly("Nothing is generated from a model: write the SQL into the new files.");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.writeString(directory.resolve("set"), "");
    MigrationReport report = migrations().run("create", "target=add owner");
    assertThat(report.exitCode()).isEqualTo(2);
    assertThat(report.message()).contains("is neither a directory nor a jar");
  }
}
