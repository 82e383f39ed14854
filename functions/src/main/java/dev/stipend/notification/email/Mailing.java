package dev.stipend.notification.email;

import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.UnsubscribeLinks;
import dev.stipend.notification.email.MailSender.Letter;
import dev.stipend.notification.send.SendOutcome;
import io.micronaut.email.Contact;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends every reader of a channel a mail of their own, with a way out that is theirs alone. What
/// has to be tried again is so for those who have not got it.
@Singleton
class Mailing {
  private static final Logger LOG = LoggerFactory.getLogger(Mailing.class);

  /// So that many readers of a slow server do not outlast the lease of the delivery.
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final MailSender sender;
  private final MailProgress progress;
  private final UnsubscribeLinks links;
  private final InstantSource clock;
  private final RandomGenerator random;

  Mailing(
      MailSender sender,
      MailProgress progress,
      UnsubscribeLinks links,
      InstantSource clock,
      RandomGenerator random) {
    this.sender = sender;
    this.progress = progress;
    this.links = links;
    this.clock = clock;
    this.random = random;
  }

  /// Sends a notice.
  ///
  /// @param notice its id
  /// @param written makes the mail of a reader
  /// @return sent, when all who can be reached have it; a reader whom the server refuses for good
  ///     keeps nobody else from it
  /// @throws UnusableSettingException if what is set makes no sense
  SendOutcome send(
      Channel channel, String notice, Addresses addresses, Function<Addressee, Letter> written) {
    List<Contact> readers = new ArrayList<>(addresses.to());
    if (readers.size() == 1) {
      return sender.send(written.apply(addressee(channel, addresses, readers.getFirst())));
    }
    Instant start = clock.instant();
    Set<String> told = progress.told(channel, notice, start);
    readers.removeIf(reader -> told.contains(plain(reader)));
    if (!readers.isEmpty()) {
      // Not always the same ones first: who makes the server slow is not to stand before others.
      Collections.rotate(readers, random.nextInt(readers.size()));
    }
    Round round = new Round();
    for (Contact reader : readers) {
      if (Duration.between(start, clock.instant()).compareTo(LONGEST) > 0) {
        round.passing.add(
            new SendOutcome.Retry("time ran out before all were sent", Optional.empty()));
        break;
      }
      round.note(reader, sender.send(written.apply(addressee(channel, addresses, reader))));
    }
    return round.end(channel, notice, told, start);
  }

  private Addressee addressee(Channel channel, Addresses addresses, Contact reader) {
    return new Addressee(addresses.from(), reader, links.of(channel, reader.getEmail()));
  }

  private static String plain(Contact reader) {
    return reader.getEmail().toLowerCase(Locale.ROOT);
  }

  /// What came of one attempt.
  private final class Round {
    private final List<String> reached = new ArrayList<>();
    private final List<SendOutcome.Sent> sent = new ArrayList<>();
    private final List<SendOutcome.Retry> passing = new ArrayList<>();
    private final List<SendOutcome.Failed> failed = new ArrayList<>();

    private void note(Contact reader, SendOutcome outcome) {
      switch (outcome) {
        case SendOutcome.Sent taken -> {
          reached.add(plain(reader));
          sent.add(taken);
        }
        case SendOutcome.Retry retry -> passing.add(retry);
        case SendOutcome.Failed refused -> failed.add(refused);
        case SendOutcome.Declined declined -> failed.add(new SendOutcome.Failed(declined.reason()));
      }
    }

    private SendOutcome end(Channel channel, String notice, Set<String> told, Instant now) {
      if (!passing.isEmpty()) {
        if (!reached.isEmpty()) {
          progress.note(channel, notice, reached, now);
        }
        return passing.getFirst();
      }
      if (!told.isEmpty()) {
        progress.forget(channel, notice);
      }
      if (sent.isEmpty() && told.isEmpty()) {
        return failed.getFirst();
      }
      if (!failed.isEmpty()) {
        LOG.warn(
            "{} of {} readers of channel {} did not get {}: {}",
            failed.size(),
            failed.size() + sent.size() + told.size(),
            channel.id(),
            notice,
            failed.getFirst().reason());
      }
      return sent.isEmpty() ? new SendOutcome.Sent(Optional.empty()) : sent.getFirst();
    }
  }
}
