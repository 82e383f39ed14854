/// The description of the API: the document that `/openapi.json` answers, and the page `/docs` made
/// of it.
///
/// - The document is made when the product is built. What is promised in prose is tested against
///   the routes.
///
/// Does not own: the routes.
@NullMarked
package dev.stipend.http.openapi;

import org.jspecify.annotations.NullMarked;
