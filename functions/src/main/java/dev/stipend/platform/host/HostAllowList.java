package dev.stipend.platform.host;

import dev.stipend.platform.network.AddressBlock;
import dev.stipend.platform.network.PublicAddresses;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which databases may be connected to, as the operator says with `STIPEND_SOURCE_HOSTS`: names of
/// hosts such as `db.example.com` or `*.neon.tech`, and blocks of addresses such as `10.0.0.0/16`,
/// separated by commas. A host must be named. Its address must be public, or in a block.
@Singleton
public class HostAllowList {
  private static final String ANY_BELOW = "*.";

  private final String setting;
  private final List<String> names = new ArrayList<>();
  private final List<AddressBlock> blocks = new ArrayList<>();

  HostAllowList(@Value("${stipend.source.hosts:}") String setting) {
    this.setting = setting;
    for (String entry : setting.split("[,\\s]+", -1)) {
      AddressBlock.parse(entry).ifPresentOrElse(blocks::add, () -> addName(entry));
    }
  }

  private void addName(String entry) {
    if (!entry.isBlank()) {
      names.add(entry.toLowerCase(Locale.ROOT));
    }
  }

  /// What the operator says.
  String setting() {
    return setting;
  }

  /// Whether a host is named.
  boolean allowsName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return names.stream()
        .anyMatch(
            allowed ->
                allowed.startsWith(ANY_BELOW)
                    ? name.endsWith(allowed.substring(1))
                    : name.equals(allowed));
  }

  /// Whether an address of a named host may be connected to.
  boolean allowsAddress(InetAddress address) {
    return PublicAddresses.contain(address)
        || blocks.stream().anyMatch(block -> block.contains(address));
  }
}
