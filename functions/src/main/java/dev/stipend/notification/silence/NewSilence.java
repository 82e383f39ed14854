package dev.stipend.notification.silence;

import java.time.Instant;

/// A silence as it is asked for; see {@link Silence} for the meaning of its parts.
public record NewSilence(SilenceMatcher matcher, Instant from, Instant until, String reason) {}
