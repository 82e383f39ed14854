package dev.stipend.platform.network;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses whose first bits are the same, such as `10.0.0.0/8`.
public final class AddressBlock {
  private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f.:]+)/([0-9]{1,3})");

  private final byte[] start;
  private final int bits;

  private AddressBlock(byte[] start, int bits) {
    this.start = start;
    this.bits = bits;
  }

  /// Reads a block; empty if the text is none.
  public static Optional<AddressBlock> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      byte[] start = InetAddress.ofLiteral(parts.group(1)).getAddress();
      int bits = Integer.parseInt(parts.group(2));
      return bits <= start.length * Byte.SIZE
          ? Optional.of(new AddressBlock(start, bits))
          : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  static AddressBlock of(String cidr) {
    return parse(cidr).orElseThrow(() -> new IllegalArgumentException(cidr));
  }

  /// Whether an address is one of these.
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != start.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if ((bytes[bit / Byte.SIZE] & mask) != (start[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
