package dev.stipend.console.form;

/// One of the values that a field may have.
///
/// @param value as it is sent
/// @param name what people call it
public record Choice(String value, String name) {}
