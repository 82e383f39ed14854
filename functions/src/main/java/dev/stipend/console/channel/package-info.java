/// Channels: where alerts go, whether they arrive there, and a test whose result is shown at once.
///
/// Does not own: sending, making channels (the API does).
@NullMarked
package dev.stipend.console.channel;

import org.jspecify.annotations.NullMarked;
