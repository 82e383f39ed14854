package dev.stipend.local.catcher;

import java.time.Instant;
import java.util.Map;

/// What was posted to the incoming webhook.
///
/// @param payload the JSON as it was posted: `text`, `blocks`, `attachments`
public record CaughtSlackMessage(Instant at, Map<String, Object> payload) {}
