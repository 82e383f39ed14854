package dev.stipend.platform.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Tells addresses of the public internet from all others, by IANA's registries of special-purpose
/// addresses.
public final class PublicAddresses {
  private static final List<AddressBlock> SPECIAL_V4 =
      blocks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared by carriers, and by clouds for services of their own
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local; metadata of machines and functions
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocols
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // relays of 6to4
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, broadcast

  /// All that is given out to the public so far: neither local, mapped, translated (NAT64) nor
  /// multicast.
  private static final AddressBlock GLOBAL_V6 = AddressBlock.of("2000::/3");

  private static final List<AddressBlock> SPECIAL_V6 =
      blocks(
          "2001::/23", // protocols; Teredo, which leads to IPv4
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which leads to IPv4
          "3fff::/20"); // documentation

  private PublicAddresses() {}

  /// Whether an address is one of the public internet.
  public static boolean contain(InetAddress address) {
    return address instanceof Inet4Address
        ? SPECIAL_V4.stream().noneMatch(block -> block.contains(address))
        : GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(b -> b.contains(address));
  }

  private static List<AddressBlock> blocks(String... cidrs) {
    return Stream.of(cidrs).map(AddressBlock::of).toList();
  }
}
