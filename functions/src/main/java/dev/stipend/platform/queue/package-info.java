/// Stipend's own use of Amazon SQS: putting deliveries on the alerts queue, and deciding when a
/// failed usage message is retried.
///
/// - Endpoint, region and credentials are the AWS SDK's own settings; only the queues' URLs are
///   Stipend's (`ALERTS_QUEUE_URL`, `USAGE_QUEUE_URL`).
/// - Messages go in batches of ten. One that SQS refuses is an error: the delivery stays due, and
///   the sweep sends it again.
///
/// Implements the ports {@link dev.stipend.notification.delivery.DeliveryQueue} and {@link
/// dev.stipend.ingest.record.UsageRetries}. Does not own: receiving, which is Lambda's poller.
@NullMarked
package dev.stipend.platform.queue;

import org.jspecify.annotations.NullMarked;
