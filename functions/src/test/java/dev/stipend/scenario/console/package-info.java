/// Scenarios of the console: sessions, pages, views, as browsers see them.
@NullMarked
package dev.stipend.scenario.console;

import org.jspecify.annotations.NullMarked;
