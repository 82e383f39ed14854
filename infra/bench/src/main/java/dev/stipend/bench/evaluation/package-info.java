/// Deciding about alerts, and sweeping.
@NullMarked
package dev.stipend.bench.evaluation;

import org.jspecify.annotations.NullMarked;
