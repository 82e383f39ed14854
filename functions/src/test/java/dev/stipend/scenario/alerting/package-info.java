/// Scenarios of budgets and alerts: when people are notified, and why.
@NullMarked
package dev.stipend.scenario.alerting;

import org.jspecify.annotations.NullMarked;
