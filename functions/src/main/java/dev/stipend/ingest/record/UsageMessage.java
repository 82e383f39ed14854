package dev.stipend.ingest.record;

import java.util.Optional;

/// A message of the usage queue.
///
/// @param id its identity at the queue
/// @param receiptHandle what the queue knows this receipt of it by
/// @param workspaceSlug the tenant it belongs to, where it says so
/// @param body one event or a list of events, in any form that usage comes in, as JSON
public record UsageMessage(
    String id, String receiptHandle, Optional<String> workspaceSlug, String body) {}
