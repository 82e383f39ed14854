/// The console: pages for people, beside the API and served by the same function.
///
/// - Whoever is signed in sees what the API would answer to their key, and may do what it may.
///   Pages ask the same queries and use cases as the API; there is no second truth.
/// - Pages are made on the server and read without JavaScript. Reading changes nothing: what
///   changes something is a `POST` or a `DELETE` of a page of the same origin, with the session's
///   token.
/// - Nothing comes from elsewhere, no style or script stands in a page, and text of people is never
///   HTML.
/// - One package for each view; what all views share is in `session`, `asset` and `page`.
///
/// Does not own: any rule of the domain, any figure, the API and its problems.
@NullMarked
package dev.stipend.console;

import org.jspecify.annotations.NullMarked;
