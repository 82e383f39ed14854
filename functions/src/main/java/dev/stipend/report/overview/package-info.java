/// A workspace at a glance: what its month has cost, how it goes on, which budgets and alerts need
/// somebody.
///
/// - The month is that of the workspace's time zone. It is compared with the last month up to the
///   same time after its start, at most that month's end; both to a quarter of an hour.
/// - Spend comes from the rollup, read once for the months and for the forecast. What is older than
///   yesterday may be a minute old.
///
/// Does not own: reports of spend, forecasts, how budgets stand.
@NullMarked
package dev.stipend.report.overview;

import org.jspecify.annotations.NullMarked;
