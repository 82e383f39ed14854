package dev.stipend.console.budget;

import java.util.List;

/// What is said above a budget.
///
/// @param done what was just done; empty where nothing was
/// @param warnings what may keep the budget from working, where it was just saved
/// @param isEditable whether it can be edited here at all
public record Notices(String done, List<String> warnings, boolean isEditable) {}
