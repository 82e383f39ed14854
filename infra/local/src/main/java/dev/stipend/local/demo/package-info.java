/// What is shown when nobody brings usage of their own: a few budgets and a minute of agent
/// traffic.
///
/// - Budgets are created through the REST API, once, by name.
/// - Traffic goes through the usage queue. Its users are new in each run, so that the warning comes
///   in each run.
/// - The first warning is due seconds after the start.
///
/// Does not own anything that a test relies on elsewhere.
@NullMarked
package dev.stipend.local.demo;

import org.jspecify.annotations.NullMarked;
