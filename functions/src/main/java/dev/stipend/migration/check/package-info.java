/// What is checked before and after a migration: preflight, doctor, verification, requirements.
///
/// - A check only looks. Each problem has its cause and its fix.
/// - What a set made is known by name, so that objects of others are never counted as the set's
///   own.
///
/// Does not own: the order of a run.
@NullMarked
package dev.stipend.migration.check;

import org.jspecify.annotations.NullMarked;
