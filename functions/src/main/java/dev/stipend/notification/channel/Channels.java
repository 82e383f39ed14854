package dev.stipend.notification.channel;

import dev.stipend.notification.send.Notifier;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds where a budget's alerts go.
@Singleton
public class Channels {
  private final ChannelRepository channels;
  private final Tenants tenants;
  private final List<Notifier> notifiers;

  Channels(ChannelRepository channels, Tenants tenants, List<Notifier> notifiers) {
    this.channels = channels;
    this.tenants = tenants;
    this.notifiers = notifiers;
  }

  /// The channels of budgets, by the budget's id: those it names, else the workspace's defaults.
  @Transactional
  public Map<UUID, List<Channel>> of(UUID workspace, Set<UUID> budgets) {
    Routes routes = routes(Set.of(workspace), budgets);
    return budgets.stream()
        .collect(
            Collectors.toMap(
                Function.identity(), budget -> routes.of(workspace, budget, List.of())));
  }

  /// Finds the channels of many notices: those that their budgets name are read at once.
  @Transactional
  public Routes routes(Set<UUID> workspaces, Set<UUID> budgets) {
    return new Routes(channels.findByBudgets(workspaces, budgets));
  }

  /// The channels of many notices, each thing read at most once.
  public final class Routes {
    private final Map<UUID, List<Channel>> own;
    private final Map<UUID, List<Channel>> defaults = new HashMap<>();

    private Routes(Map<UUID, List<Channel>> own) {
      this.own = own;
    }

    /// The channels of a notice: those its threshold names, else those its budget names, else the
    /// workspace's defaults.
    public List<Channel> of(UUID workspace, UUID budget, List<UUID> named) {
      List<Channel> ofLine = named.isEmpty() ? List.of() : channels.findAll(workspace, named);
      if (!ofLine.isEmpty()) {
        return ofLine;
      }
      List<Channel> ofBudget = own.getOrDefault(budget, List.of());
      return ofBudget.isEmpty()
          ? defaults.computeIfAbsent(workspace, Channels.this::defaults)
          : ofBudget;
    }
  }

  /// The channels that are named, if they are there, else the workspace's defaults.
  public List<Channel> named(UUID workspace, List<UUID> ids) {
    List<Channel> found = ids.isEmpty() ? List.of() : channels.findAll(workspace, ids);
    return found.isEmpty() ? defaults(workspace) : found;
  }

  /// Whether anybody would be notified where these channels are named. Nothing is made for it.
  @Transactional
  public boolean reachSomebody(UUID workspace, List<UUID> ids) {
    if (!ids.isEmpty() && !channels.findAll(workspace, ids).isEmpty()) {
      return true;
    }
    List<ChannelKind> configured = configured(workspace);
    return !channels.findMissing(workspace, configured).isEmpty()
        || channels.findDefaults(workspace).stream()
            .anyMatch(channel -> isUsable(channel, configured));
  }

  /// Whether the channels that the environment configures are a workspace's own.
  public boolean areShared(UUID workspace) {
    return tenants.of(workspace).isServed();
  }

  /// The names of a workspace's channels, by their ids.
  @Transactional
  public Map<UUID, String> names(UUID workspace) {
    return channels.names(workspace);
  }

  /// The channel that gets what another one could not deliver: the workspace's fallback, else
  /// one of its defaults; one that works, if there is any. No table, which notifies nobody.
  @Transactional
  public Optional<Channel> standIn(Channel failing) {
    List<ChannelKind> configured = configured(failing.workspaceId());
    return channels.findFallbacks(failing.workspaceId(), failing.id()).stream()
        .filter(channel -> channel.kind() != ChannelKind.TABLE)
        .filter(channel -> isUsable(channel, configured))
        .findFirst();
  }

  /// What the environment configures becomes a default channel of a workspace that it serves, the
  /// first time that somebody is to be notified.
  private List<Channel> defaults(UUID workspace) {
    List<ChannelKind> configured = configured(workspace);
    channels
        .findMissing(workspace, configured)
        .forEach(kind -> channels.ensureDefault(workspace, kind));
    return channels.findDefaults(workspace).stream()
        .filter(channel -> isUsable(channel, configured))
        .toList();
  }

  /// The kinds of channels that need configure nothing in a workspace.
  private List<ChannelKind> configured(UUID workspace) {
    return tenants.of(workspace).isServed()
        ? notifiers.stream().filter(Notifier::isConfigured).map(Notifier::kind).toList()
        : List.of();
  }

  private static boolean isUsable(Channel channel, List<ChannelKind> configured) {
    return !channel.config().isEmpty() || configured.contains(channel.kind());
  }
}
