/// What the product does, one class for each thing that happens. Read these first.
///
/// - A sweep does what no event asks for: it closes periods, evaluates what was marked, reminds,
///   writes summaries, and re-queues deliveries that were lost.
/// - Its steps fail alone: one that fails is named in the report, and the others are done.
/// - A row that cannot be worked on is set aside and tried again with growing pauses.
///
/// Does not own: any rule; it says in which order rules of other packages are applied.
@NullMarked
package dev.stipend.usecase;

import org.jspecify.annotations.NullMarked;
