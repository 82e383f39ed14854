/// What pages cannot do for somebody, as exceptions that are worded when they are shown.
///
/// - A problem is a kind with its status, and the key of a sentence with what belongs into it.
/// - What the API refuses is a problem of the API; a page shows it in the API's words.
///
/// Does not own: how a problem looks.
@NullMarked
package dev.stipend.console.problem;

import org.jspecify.annotations.NullMarked;
