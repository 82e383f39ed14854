/// A real browser that tests drive: Chromium, by the driver that the machine has.
///
/// - Where Chromium or its driver is not installed, tests that need it are skipped, and say so.
/// - A test presses keys and reads what is shown; it asks no page for anything that a person could
///   not see, but for what axe and the browser itself measure.
@org.jspecify.annotations.NullMarked
package dev.stipend.local.browser;
