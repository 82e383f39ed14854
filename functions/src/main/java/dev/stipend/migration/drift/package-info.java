/// Differences between the schema as migrations made it and as it is.
///
/// - A fingerprint of the schema is stored after each run, and compared before the next.
/// - A difference names the object and what about it changed.
///
/// Does not own: who changed it.
@NullMarked
package dev.stipend.migration.drift;

import org.jspecify.annotations.NullMarked;
