/// Sets of migration files, as they are on disk or in the archive.
///
/// - Every `V` file may have a `U` file that undoes it. Versions are timestamps.
/// - Files are read once, and split as psql splits them. Flyway runs the same statements: it finds
///   {@link FlywayPostgreSql} by `META-INF/services`.
///
/// Does not own: which of them have run.
@NullMarked
package dev.stipend.migration.files;

import org.jspecify.annotations.NullMarked;
