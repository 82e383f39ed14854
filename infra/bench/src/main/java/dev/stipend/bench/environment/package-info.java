/// What benchmarks run on: servers, the functions over a database, clients, and the plans that were
/// chosen.
@NullMarked
package dev.stipend.bench.environment;

import org.jspecify.annotations.NullMarked;
