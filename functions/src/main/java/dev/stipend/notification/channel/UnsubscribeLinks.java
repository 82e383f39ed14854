package dev.stipend.notification.channel;

import dev.stipend.platform.secrets.Hmac;
import dev.stipend.platform.web.PublicAddress;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Links by which one reader leaves one channel. A link names the channel and is signed for the
/// address, which it does not contain: a log with the link shows no address.
@Singleton
public class UnsubscribeLinks {
  static final String PATH = "/unsubscribe/";

  private static final String PREFIX = "stipend-unsubscribe-1";
  private static final int UUID_BYTES = 16;
  private static final int MAC_BYTES = 32;

  private final Supplier<byte[]> key;
  private final PublicAddress address;

  @Inject
  UnsubscribeLinks(StoredKey key, PublicAddress address) {
    this(key::read, address);
  }

  UnsubscribeLinks(Supplier<byte[]> key, PublicAddress address) {
    this.key = key;
    this.address = address;
  }

  /// The key that the database made for itself.
  @Singleton
  static class StoredKey {
    private final JdbcOperations jdbc;

    StoredKey(JdbcOperations jdbc) {
      this.jdbc = jdbc;
    }

    @Connectable
    byte[] read() {
      return jdbc.prepareStatement(
          "SELECT key FROM stipend.deployment_keys WHERE purpose = 'unsubscribe'",
          statement -> {
            try (ResultSet row = statement.executeQuery()) {
              if (!row.next()) {
                throw new IllegalStateException("the database has no key for links in mails");
              }
              return row.getBytes("key");
            }
          });
    }
  }

  /// A channel and the reader who leaves it, from a token.
  ///
  /// @param mac identifies the address, in hexadecimal digits
  record Ticket(UUID workspaceId, UUID channelId, String mac) {}

  /// The link of a reader; empty where nobody knows how people reach this deployment.
  public Optional<String> of(Channel channel, String reader) {
    return address.api().map(url -> url + PATH + token(channel, reader));
  }

  private String token(Channel channel, String address) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * UUID_BYTES + MAC_BYTES);
    put(bytes, channel.workspaceId());
    put(bytes, channel.id());
    bytes.put(mac(channel, address));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static void put(ByteBuffer bytes, UUID id) {
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  /// Reads a token; empty if it has not the form of one. Whether it was issued here, the address
  /// shows.
  static Optional<Ticket> read(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length != 2 * UUID_BYTES + MAC_BYTES) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      UUID workspace = new UUID(buffer.getLong(), buffer.getLong());
      UUID channel = new UUID(buffer.getLong(), buffer.getLong());
      byte[] mac = new byte[MAC_BYTES];
      buffer.get(mac);
      return Optional.of(new Ticket(workspace, channel, HexFormat.of().formatHex(mac)));
    } catch (IllegalArgumentException noToken) {
      return Optional.empty();
    }
  }

  /// Whether a token was issued for a reader.
  boolean isFor(Ticket ticket, Channel channel, String address) {
    return MessageDigest.isEqual(mac(channel, address), HexFormat.of().parseHex(ticket.mac()));
  }

  private byte[] mac(Channel channel, String address) {
    String text =
        "%s.%s.%s.%s"
            .formatted(
                PREFIX, channel.workspaceId(), channel.id(), address.toLowerCase(Locale.ROOT));
    return Hmac.sha256(key.get(), text.getBytes(StandardCharsets.UTF_8));
  }
}
