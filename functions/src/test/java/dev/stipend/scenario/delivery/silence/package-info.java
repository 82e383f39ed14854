/// Scenarios of silences and snoozes: what they keep from people, and what people hear afterwards.
@NullMarked
package dev.stipend.scenario.delivery.silence;

import org.jspecify.annotations.NullMarked;
