/// Queries of spend.
@NullMarked
package dev.stipend.bench.spend;

import org.jspecify.annotations.NullMarked;
