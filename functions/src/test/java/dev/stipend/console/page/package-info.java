/// The words of the console.
@NullMarked
package dev.stipend.console.page;

import org.jspecify.annotations.NullMarked;
