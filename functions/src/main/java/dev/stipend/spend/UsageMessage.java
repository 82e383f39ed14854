package dev.stipend.spend;

/// A message of the usage queue.
///
/// @param id its identity at the queue
/// @param workspaceSlug the tenant it belongs to
/// @param body one event or a list of events, as JSON
public record UsageMessage(String id, String workspaceSlug, String body) {}
