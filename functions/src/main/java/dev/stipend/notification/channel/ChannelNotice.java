package dev.stipend.notification.channel;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;

/// Something about a channel itself that its readers are to know.
///
/// @param id its identity, the same at every attempt
/// @param type what it is about, such as `channel.unsubscribed`
/// @param workspace the tenant's slug
/// @param title all of it in one line
/// @param text more of it
@Serdeable
public record ChannelNotice(
    String id, String type, Instant occurredAt, String workspace, String title, String text) {}
