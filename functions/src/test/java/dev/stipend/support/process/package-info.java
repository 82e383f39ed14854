/// Processes of their own, to be killed.
@NullMarked
package dev.stipend.support.process;

import org.jspecify.annotations.NullMarked;
