/// Scenarios of hard limits: reserve, refuse, settle, wait.
@NullMarked
package dev.stipend.scenario.enforcement;

import org.jspecify.annotations.NullMarked;
