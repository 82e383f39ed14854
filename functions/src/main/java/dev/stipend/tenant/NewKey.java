package dev.stipend.tenant;

import java.util.Optional;

/// A key as it is asked for; see {@link KeyRecord} for the meaning of its parts.
public record NewKey(String name, Role role, Optional<String> userId) {}
