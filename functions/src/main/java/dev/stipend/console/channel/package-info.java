/// Channels: where alerts go, whether they arrive there, and a test whose result is shown at once;
/// for admins new ones, edits and removal. Secrets are named, and never shown.
///
/// Does not own: sending, what a channel may be.
@NullMarked
package dev.stipend.console.channel;

import org.jspecify.annotations.NullMarked;
