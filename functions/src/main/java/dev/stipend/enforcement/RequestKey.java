package dev.stipend.enforcement;

import java.util.HexFormat;

/// Identifies a repeated request.
///
/// @param key the caller's name for the request
/// @param digest of what it asks, in hexadecimal
public record RequestKey(String key, String digest) {
  byte[] digestBytes() {
    return HexFormat.of().parseHex(digest);
  }
}
