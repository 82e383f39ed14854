/// The daily maintenance: partitions ahead, reconciliation, archive, retention.
///
/// - Its steps fail alone: no step blocks another.
/// - It stops before its time is used up, and goes on the next day where it stopped.
///
/// Does not own: what a step does (the packages below).
@NullMarked
package dev.stipend.maintenance;

import org.jspecify.annotations.NullMarked;
