/// Scenarios of Slack: a bot that posts, and people who press.
@NullMarked
package dev.stipend.scenario.delivery.slack;

import org.jspecify.annotations.NullMarked;
