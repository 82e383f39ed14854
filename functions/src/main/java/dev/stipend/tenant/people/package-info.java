/// People: what those are called whom usage, keys and budgets know by an id.
///
/// - A name is of one workspace and one user id, and an admin gives it. Nothing depends on it: who
///   has none is shown by the id, and spend is counted by ids only.
/// - Names are looked up together, never one by one.
///
/// Does not own: who may do what, who spent what.
@NullMarked
package dev.stipend.tenant.people;

import org.jspecify.annotations.NullMarked;
