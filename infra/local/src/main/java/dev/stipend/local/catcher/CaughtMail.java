package dev.stipend.local.catcher;

import java.time.Instant;

/// A mail as its reader sees it.
///
/// @param text the plain part; empty when there is none
/// @param html the HTML part; empty when there is none
public record CaughtMail(
    Instant at, String from, String to, String subject, String text, String html) {}
