/// What spend will come to, whether the last hour's was unusual, and whether it stays away longer
/// than usual: statistics over hours of spend.
///
/// - A forecast works from the first minute. The plain run rate stands in for what is not known
///   yet; a day of history adds the shape of a day, a week the shape of a week, two weeks a trend.
///   Days are those of the budget's zone, so a change of offset moves nothing.
/// - It is a range with its evidence, and says by itself whether that is enough to alert anybody.
/// - Hours are UTC hours, identified by their start; hours without spend are left out. What came
///   before the first of them is unknown and not zero.
/// - Statistics are floating: an estimate has no last decimal. What is recorded comes in as {@link
///   dev.stipend.money.Money} and stays exact: a forecast is never below the spend it starts from.
///
/// Pure: knows no framework, no database, no clock. Does not own: reading spend (package
/// `budget.insight`), alerts, budgets.
@NullMarked
package dev.stipend.budget.forecast;

import org.jspecify.annotations.NullMarked;
