package dev.stipend.platform.sql;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.ssl.WrappedFactory;

/// Trusts the certificate authorities of Amazon RDS and no other. They are in no machine's trust
/// store; `rds-ca.pem` has the root of each region and kind of key. The driver makes one by its
/// name.
public final class RdsTrust extends WrappedFactory {
  private static final String ROOTS = "rds-ca.pem";

  public RdsTrust() throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    factory = context.getSocketFactory();
  }

  private static KeyStore roots() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate root : certificates()) {
      store.setCertificateEntry(((X509Certificate) root).getSubjectX500Principal().getName(), root);
    }
    return store;
  }

  /// Whether there is a root for the region of a host: new regions come with new ones.
  static boolean knows(String host) {
    return Regions.KNOWN.stream()
        .anyMatch(region -> host.endsWith("." + region + ".rds.amazonaws.com"));
  }

  /// Read once, and only where the database is one of RDS.
  private static final class Regions {
    private static final Pattern NAME = Pattern.compile("CN=Amazon RDS (\\S+) Root CA");
    static final Set<String> KNOWN = read();

    private static Set<String> read() {
      try {
        return certificates().stream()
            .map(root -> ((X509Certificate) root).getSubjectX500Principal().getName())
            .flatMap(name -> NAME.matcher(name).results())
            .map(found -> found.group(1))
            .collect(Collectors.toUnmodifiableSet());
      } catch (GeneralSecurityException | IOException broken) {
        throw new IllegalStateException(
            "The RDS root certificates in this build are invalid", broken);
      }
    }
  }

  static Collection<? extends Certificate> certificates()
      throws GeneralSecurityException, IOException {
    try (InputStream pem = Objects.requireNonNull(RdsTrust.class.getResourceAsStream(ROOTS))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(pem);
    }
  }
}
