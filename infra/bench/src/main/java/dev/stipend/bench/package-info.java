/// How fast the functions are, each figure as a ratio to a limit measured in the same run, so that
/// the machine and what else it does fall out.
///
/// Run `mvn -q -Pbench` at the repository's root, with `-Dstipend.bench=record`, `sweep` or `all`
/// (the default). It prints a table and ends with 1 when a figure misses what is required.
///
/// - **Recording** invokes `RecordUsageFunction` with batches of 1,000 messages of one event each,
///   with three budgets that count all of them, up to its answer: reading JSON, pricing, ids,
///   ledger, rollup, counters, commit, evaluation, commit. The limit inserts the same rows, ready
///   in memory, in batches of 1,000 into a table of the ledger's columns, keys and checks: `INSERT
///   … SELECT FROM unnest`, and as a second one JDBC's `executeBatch` with rewritten batches.
///   Neither limit has ids, rollup or counters.
/// - **Sweeping** invokes `SweepBudgetsFunction` when 1,000 counters are dirty, among 100,000
///   budgets and, as the limit, among 1,000. Every budget has a counter, two thresholds, and spend
///   in the rollup. The dirty ones cross nothing, or all raise an alert with one delivery.
/// - The sides of a ratio take turns within rounds; the order changes from round to round; figures
///   are medians over the rounds, after warming up.
/// - PostgreSQL is real and embedded, with the durability that it has by default (`fsync` and
///   `synchronous_commit` on, for all sides), which the output states. The alerts queue is
///   ElasticMQ.
///
/// Does not own: correctness (the tests of the functions do), start-up times, machines' absolute
/// numbers.
@NullMarked
package dev.stipend.bench;

import org.jspecify.annotations.NullMarked;
