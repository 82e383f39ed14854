package dev.stipend.ingest.unpriced;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;

/// A model whose usage waits for a price.
///
/// @param provider as its senders named it; may be empty
/// @param model as its senders named it; may be empty
/// @param events how many of its events wait
/// @param inputTokens their input tokens
/// @param outputTokens their output tokens
/// @param firstAt when the earliest of them happened
/// @param lastAt when the latest of them happened
@Serdeable
public record UnpricedModel(
    String provider,
    String model,
    long events,
    long inputTokens,
    long outputTokens,
    Instant firstAt,
    Instant lastAt) {}
