package dev.stipend.spend;

/// A message of the usage queue.
///
/// @param id its identity at the queue
/// @param receiptHandle what the queue knows this receipt of it by
/// @param workspaceSlug the tenant it belongs to
/// @param body one event or a list of events, in any form that usage comes in, as JSON
public record UsageMessage(String id, String receiptHandle, String workspaceSlug, String body) {}
