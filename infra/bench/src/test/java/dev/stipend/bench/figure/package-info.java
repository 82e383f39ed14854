/// What the benchmarks stand on is right: the sample and the table. Nothing here is timed.
@NullMarked
package dev.stipend.bench.figure;

import org.jspecify.annotations.NullMarked;
