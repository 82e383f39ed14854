/// Reserving, settling and validating.
@NullMarked
package dev.stipend.bench.enforcement;

import org.jspecify.annotations.NullMarked;
