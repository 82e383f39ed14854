/// EventBridge Scheduler on one machine: `rate(…)` and `cron(…)` of the template, in real time.
///
/// - A `rate` runs first after its distance, not at the start.
/// - A failed call is logged; the next one comes at its time. Retries are the scheduler's on AWS
///   and not made here.
/// - The function gets the template's input, or the event that AWS sends without one.
///
/// Does not own the clock of the functions, which may stand still while schedules go on.
@NullMarked
package dev.stipend.local.schedule;

import org.jspecify.annotations.NullMarked;
