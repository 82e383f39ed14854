/// SQS on one machine: ElasticMQ with the queues of the template, and the poller that Lambda runs
/// in front of a function.
///
/// - Batches are gathered up to their size, the batching window and the payload limit.
/// - A message is deleted only after the function took it. What failed, alone or with its whole
///   batch, comes back after the visibility timeout and goes to the dead-letter queue after its
///   last receive.
/// - No more invocations run at the same time than the template allows.
/// - Stopping takes no new messages and waits for running invocations.
///
/// Does not own what is in a message.
@NullMarked
package dev.stipend.local.queue;

import org.jspecify.annotations.NullMarked;
