/// The evaluation of counters: which thresholds are crossed, and what that opens, resolves or ends.
///
/// - `Evaluation` is a pure function from an `EvaluationInput` to decisions, each with its reason
///   as a code with parameters.
/// - Figures of messages are read before counters are locked. While they are locked, only budgets
///   and alerts are read.
/// - One transaction writes the alerts and the deliveries that follow from them.
/// - A key that opens more than three times within an hour is delayed, never forgotten.
/// - A counter that cannot be evaluated stops no other: its batch is halved until it stands alone,
///   and it is set aside.
///
/// Does not own: counters, when to evaluate, sending.
@NullMarked
package dev.stipend.alert.evaluation;

import org.jspecify.annotations.NullMarked;
