/// The console's one style sheet and one script.
///
/// - Both are put together and compressed when the product is built, from `src/main/web` and from
///   htmx. Their names hold a digest of what is in them, so that a browser asks for each once.
///
/// Does not own: pages.
@NullMarked
package dev.stipend.console.asset;

import org.jspecify.annotations.NullMarked;
