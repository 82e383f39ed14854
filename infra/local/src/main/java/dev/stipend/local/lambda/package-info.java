/// Lambda on one machine: a handler object of the real class, called with a real context.
///
/// - One handler object per function; several callers may use it at the same time.
/// - The context's deadline follows from the function's timeout. An invocation is not ended at its
///   deadline.
///
/// Does not own event types, and does not know which functions there are.
@NullMarked
package dev.stipend.local.lambda;

import org.jspecify.annotations.NullMarked;
