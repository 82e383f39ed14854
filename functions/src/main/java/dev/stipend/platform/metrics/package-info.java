/// What a stack reports to CloudWatch about its work, as one line of its log in the embedded metric
/// format: no request is made for it.
///
/// - {@link Metric} lists every name; alarms and dashboard use no other.
/// - A figure belongs to a stack, and to nothing finer: people, budgets and keys are no dimensions.
/// - Without a stack nothing is written.
///
/// Does not own: what is counted; the code that does the work decides that.
@NullMarked
package dev.stipend.platform.metrics;

import org.jspecify.annotations.NullMarked;
