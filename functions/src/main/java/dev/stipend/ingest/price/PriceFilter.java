package dev.stipend.ingest.price;

import java.time.Instant;
import java.util.Optional;

/// Which prices to list.
///
/// @param provider only of this provider, by any of its names
/// @param model only of this model, by its name in the price book or an alias
/// @param own only the workspace's own, or only the list's
/// @param at only what is in force at this instant: one price a model, the workspace's own before
///     the list's
/// @param q only of models whose provider and name, or an alias, contain this text
/// @param after only what comes after this one, for the next page
public record PriceFilter(
    Optional<String> provider,
    Optional<String> model,
    Optional<Boolean> own,
    Optional<Instant> at,
    Optional<String> q,
    Optional<PriceKey> after) {}
