package dev.stipend.notification.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Tells addresses of the public internet from all others, by IANA's registries of special-purpose
/// addresses.
final class PublicAddresses {
  /// Addresses whose first bits are the same.
  private static final class Block {
    private final byte[] start;
    private final int bits;

    private Block(byte[] start, int bits) {
      this.start = start;
      this.bits = bits;
    }

    static Block of(String cidr) {
      String[] parts = cidr.split("/", 2);
      return new Block(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
    }

    boolean contains(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if ((address[bit / Byte.SIZE] & mask) != (start[bit / Byte.SIZE] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Block> SPECIAL_V4 =
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
  private static final Block GLOBAL_V6 = Block.of("2000::/3");

  private static final List<Block> SPECIAL_V6 =
      blocks(
          "2001::/23", // protocols; Teredo, which leads to IPv4
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which leads to IPv4
          "3fff::/20"); // documentation

  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? SPECIAL_V4.stream().noneMatch(block -> block.contains(bytes))
        : GLOBAL_V6.contains(bytes) && SPECIAL_V6.stream().noneMatch(b -> b.contains(bytes));
  }

  private static List<Block> blocks(String... cidrs) {
    return Stream.of(cidrs).map(Block::of).toList();
  }
}
