package dev.stipend.tenant;

import dev.stipend.platform.secrets.Tenant;
import io.micronaut.core.annotation.Introspected;
import java.util.UUID;

/// A tenant.
///
/// @param id its identity in every key
/// @param slug its name in URLs and messages
/// @param name its name for people
/// @param currency ISO 4217 code of every amount in it
/// @param timeZone IANA zone of budgets that name none
/// @param locale BCP 47 tag of messages to its people
@Introspected
public record Workspace(
    UUID id, String slug, String name, String currency, String timeZone, String locale) {
  /// The slug of the workspace that every installation starts with.
  public static final String DEFAULT_SLUG = Tenant.DEFAULT_SLUG;
}
