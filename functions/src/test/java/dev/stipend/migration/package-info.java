/// What the migration function promises, against real databases and real processes.
@NullMarked
package dev.stipend.migration;

import org.jspecify.annotations.NullMarked;
