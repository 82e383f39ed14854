package dev.stipend.ingest.record;

import io.micronaut.serde.annotation.Serdeable;

/// An event that was not recorded.
///
/// @param index its place in what was sent, from 0
/// @param eventId its id; empty if it could not be read
/// @param reason what is wrong, naming the field
@Serdeable
public record Rejection(int index, String eventId, String reason) {}
