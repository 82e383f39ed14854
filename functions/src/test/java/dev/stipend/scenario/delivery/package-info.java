/// Scenarios of channels and messages: where notifications go, and what they say.
@NullMarked
package dev.stipend.scenario.delivery;

import org.jspecify.annotations.NullMarked;
