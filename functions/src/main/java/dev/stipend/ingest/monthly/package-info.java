/// What each user of an application used in a month, kept in a table of the application.
///
/// - Recording notes whose months have changed, in its own transaction; telling the application
///   takes the notes away. A note is about a month, never about a difference: told twice, it is the
///   same.
/// - The sums are those of the rollup, in months of UTC, whoever recorded them.
///
/// Does not own: sessions with hosts ({@link dev.stipend.platform.host}), when an application is
/// told.
@NullMarked
package dev.stipend.ingest.monthly;

import org.jspecify.annotations.NullMarked;
