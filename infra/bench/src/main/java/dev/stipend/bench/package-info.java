/// How fast the functions are, each figure as a ratio to a limit measured in the same run, so that
/// the machine and what else it does fall out.
///
/// Run `mvn -q -Pbench` at the repository's root, with `-Dstipend.bench=record`, `sweep`, `import`,
/// `enforce`, `scale`, `forecast`, `render` or `all` (the default). It prints a table and ends with
/// 1 when a figure misses what is required. The process has a heap of 256 MiB.
///
/// - **Recording** invokes `RecordUsageFunction` with batches of 1,000 messages of one event each,
///   with three budgets that count all of them, up to its answer: reading JSON, pricing, ids,
///   ledger, rollup, counters, commit. The limit plainly inserts the same rows of ids and ledger,
///   ready in memory, with JDBC's rewritten batches; without prices, rollup and counters. The
///   ledger's rows alone, by batches, from arrays and by COPY, are told beside it.
/// - **Importing** reads CSV files of a million rows, of last year and of the last hours.
/// - **Scale** records into a ledger of ten million rows, and as the limit into one of a hundred
///   thousand; and prints the plans of the functions' statements over the large one.
/// - **Sweeping** invokes `SweepBudgetsFunction` when 1,000 counters are dirty, among 100,000
///   budgets and, as the limit, among 1,000. Every budget has a counter, two thresholds, and spend
///   in the rollup. The dirty ones cross nothing, or all raise an alert with one delivery.
/// - **Forecast** plays generated traffic of unlike teams, with eight weeks of history and without,
///   and tells by how many percent forecasts were off; the limit is the plain run-rate, which is
///   what other tools show. An hour of a real trace, which `-Dstipend.bench.trace=FILE.csv` names,
///   is told beside it. Unusual activity is looked for in traffic that anomalies were added to.
/// - **Rendering** makes a mail with both its parts and the chart from a stored snapshot, by one
///   thread, warm.
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
