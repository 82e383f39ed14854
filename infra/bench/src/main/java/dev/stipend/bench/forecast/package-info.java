/// How good forecasts are, and how well unusual activity is found.
@NullMarked
package dev.stipend.bench.forecast;

import org.jspecify.annotations.NullMarked;
