package dev.stipend.notify;

import dev.stipend.alert.AlertSnapshot;

/// An alert that a channel was told of.
///
/// @param channel where
/// @param snapshot what was said
/// @param messageId the provider's name for the message
public record SentAlert(Channel channel, AlertSnapshot snapshot, String messageId) {}
