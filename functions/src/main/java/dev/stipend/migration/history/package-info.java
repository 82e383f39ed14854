/// What has been migrated: Flyway's history, and the log of runs.
///
/// - A migration and its row are written together, so that a crash leaves both or neither.
/// - Edits of the history name exactly what they change, and are logged.
///
/// Does not own: running migrations.
@NullMarked
package dev.stipend.migration.history;

import org.jspecify.annotations.NullMarked;
