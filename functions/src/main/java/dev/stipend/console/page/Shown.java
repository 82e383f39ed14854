package dev.stipend.console.page;

/// Something that is shown short, and told in full to who points at it.
///
/// @param text what is shown
/// @param full all of it
public record Shown(String text, String full) {}
