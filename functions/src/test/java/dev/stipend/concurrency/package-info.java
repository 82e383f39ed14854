/// Every race of the product, run for real: threads that start together, and processes that are
/// killed.
@NullMarked
package dev.stipend.concurrency;

import org.jspecify.annotations.NullMarked;
