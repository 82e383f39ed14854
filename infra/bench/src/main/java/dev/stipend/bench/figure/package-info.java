/// What is measured, what is required of it, and how it is printed.
@NullMarked
package dev.stipend.bench.figure;

import org.jspecify.annotations.NullMarked;
