/// Requests about people: names for ids.
///
/// - A name is put under the id that usage has; putting it twice changes nothing.
///
/// Does not own: people (package `tenant.people`).
@NullMarked
package dev.stipend.http.person;

import org.jspecify.annotations.NullMarked;
