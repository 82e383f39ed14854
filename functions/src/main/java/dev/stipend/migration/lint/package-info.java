/// Rules about migration files that are checked before anything runs.
///
/// - Statements are those that Flyway is given, so that what is checked is what runs.
/// - A finding names the file, the line, the danger and the way out.
///
/// Does not own: the boundary of a set's schema.
@NullMarked
package dev.stipend.migration.lint;

import org.jspecify.annotations.NullMarked;
