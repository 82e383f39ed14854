package dev.stipend.ingest.record;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;

/// An attribute that looks like usage and that nobody here understands, as it was seen.
///
/// @param library the library that sends it
/// @param version of the library that sent it last; may be empty
/// @param attribute its name; `usage without a model` where nobody can say of what the usage is
/// @param lastValue what it was when it was seen last
/// @param events how often it was seen
/// @param firstSeenAt when it was seen first
/// @param lastSeenAt when it was seen last
@Serdeable
public record UnknownAttribute(
    String library,
    String version,
    String attribute,
    String lastValue,
    long events,
    Instant firstSeenAt,
    Instant lastSeenAt) {}
