/// People: names for ids, and for admins the form that gives them.
///
/// Does not own: people, where else their names are shown.
@NullMarked
package dev.stipend.console.person;

import org.jspecify.annotations.NullMarked;
