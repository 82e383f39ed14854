/// How long people wait for a page of the console, at the handler of its function.
@NullMarked
package dev.stipend.bench.console;

import org.jspecify.annotations.NullMarked;
