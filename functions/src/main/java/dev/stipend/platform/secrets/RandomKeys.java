package dev.stipend.platform.secrets;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;

/// Makes API keys from the operating system's randomness.
@Singleton
final class RandomKeys implements KeySource {
  private static final String BEGINNING = "stp_";
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return BEGINNING + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
