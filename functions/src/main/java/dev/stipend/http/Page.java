package dev.stipend.http;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;

/// A page of a list.
///
/// @param items what is on it
/// @param nextCursor the `cursor` of the next page; absent on the last one
@Serdeable
public record Page<T>(List<T> items, Optional<String> nextCursor) {}
