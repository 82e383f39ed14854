package dev.stipend.local.runtime;

/// What an invocation came to.
///
/// @param failed whether the function threw; then the text says what, as Lambda's callers see it
/// @param text JSON
public record Answer(boolean failed, String text) {}
