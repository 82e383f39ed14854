package dev.stipend.notification.interaction;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;

/// An alert that a channel was notified of.
///
/// @param channel where
/// @param snapshot what was said
/// @param messageId the provider's name for the message
public record SentAlert(Channel channel, AlertSnapshot snapshot, String messageId) {}
