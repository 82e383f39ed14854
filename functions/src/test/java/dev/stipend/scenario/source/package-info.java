/// Spend that is read from tables of applications, each in a database of its own.
@NullMarked
package dev.stipend.scenario.source;

import org.jspecify.annotations.NullMarked;
