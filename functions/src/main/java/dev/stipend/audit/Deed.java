package dev.stipend.audit;

import java.util.Optional;

/// Who did what.
///
/// @param actor who did it, such as `key` and its id
/// @param action what was done, such as `budget.update`
/// @param target what it was done to, such as `budget` and its id
/// @param before the target before, as JSON
/// @param after the target after, or what was answered, as JSON
public record Deed(
    String actor, String action, String target, Optional<String> before, Optional<String> after) {}
