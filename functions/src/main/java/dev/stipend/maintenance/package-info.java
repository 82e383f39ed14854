/// The daily maintenance: partitions ahead, reconciliation, archive, retention.
///
/// - Its steps fail alone, and none is kept from its work by another.
/// - It stops before its time is used up, and goes on the next day where it stopped.
///
/// Does not own: what a step does (the packages below).
@NullMarked
package dev.stipend.maintenance;

import org.jspecify.annotations.NullMarked;
