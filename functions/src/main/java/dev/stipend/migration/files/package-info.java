/// Sets of migration files, as they are on disk or in the archive.
///
/// - Every `V` file may have a `U` file that undoes it. Versions are timestamps.
/// - Files are read once, and split by Flyway's own parser.
///
/// Does not own: which of them have run.
@NullMarked
package dev.stipend.migration.files;

import org.jspecify.annotations.NullMarked;
