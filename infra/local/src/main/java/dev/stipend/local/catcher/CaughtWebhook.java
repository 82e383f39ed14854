package dev.stipend.local.catcher;

import java.time.Instant;
import java.util.Map;

/// A webhook whose signature was right.
///
/// @param id the event's, the same at every attempt
/// @param payload the JSON as it was posted
public record CaughtWebhook(Instant at, String id, Map<String, Object> payload) {}
