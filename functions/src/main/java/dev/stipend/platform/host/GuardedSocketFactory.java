package dev.stipend.platform.host;

import dev.stipend.platform.network.GuardedSockets;

/// Makes the sockets of the PostgreSQL driver, which connects to allowed addresses only. The driver
/// makes it by its name, and hands it the operator's list.
public final class GuardedSocketFactory extends GuardedSockets {
  /// @param hosts the operator's list
  public GuardedSocketFactory(String hosts) {
    super(new HostAllowList(hosts)::allowsAddress);
  }
}
