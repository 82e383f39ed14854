package dev.stipend.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class RdsTrustTest {
  @Test
  void everyRootIsAnAuthorityOfRdsAndLastsForDecades() throws Exception {
    assertThat(RdsTrust.certificates()).hasSize(87);
    for (Certificate each : RdsTrust.certificates()) {
      X509Certificate root = (X509Certificate) each;
      root.verify(root.getPublicKey());
      assertThat(root.getNotAfter()).isAfter("2060-01-01");
      assertThat(root.getBasicConstraints()).as("a certificate authority").isNotNegative();
      assertThat(root.getSubjectX500Principal().getName())
          .matches(".*CN=Amazon RDS [a-z0-9-]+ Root CA (RSA2048|RSA4096|ECC384) G1.*");
    }
    assertThat(RdsTrust.knows("db.abc.eu-central-1.rds.amazonaws.com")).isTrue();
    assertThat(RdsTrust.knows("db.abc.xx-new-1.rds.amazonaws.com")).isFalse();
  }

  @Test
  void aServerThatSomebodyElseVouchesForIsRefused() throws Exception {
    WireMockServer stranger =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1"));
    stranger.start();
    try (SSLSocket socket =
        (SSLSocket) new RdsTrust().createSocket("127.0.0.1", stranger.httpsPort())) {
      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("unable to find valid certification path");
    } finally {
      stranger.stop();
    }
  }
}
