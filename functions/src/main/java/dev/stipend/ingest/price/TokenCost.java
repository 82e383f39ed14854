package dev.stipend.ingest.price;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/// What the tokens of one request cost at the rates that hold for it.
///
/// Input is text, audio or images, and is new, read from the cache or written to it. Where nobody
/// told how many of the cached tokens were audio or images, those count as cached that save least:
/// a guard errs upwards. Written tokens are text as far as there is text.
final class TokenCost {
  private static final TokenKind[] FRESH = {
    TokenKind.INPUT, TokenKind.AUDIO_INPUT, TokenKind.IMAGE_INPUT
  };
  private static final TokenKind[] CACHED = {
    TokenKind.CACHED_INPUT, TokenKind.CACHED_AUDIO_INPUT, TokenKind.CACHED_IMAGE_INPUT
  };
  private static final int TEXT = 0;
  private static final int AUDIO = 1;
  private static final int IMAGE = 2;

  private final Function<TokenKind, BigDecimal> rates;
  private final Map<TokenKind, Long> counts = new EnumMap<>(TokenKind.class);

  private TokenCost(Function<TokenKind, BigDecimal> rates) {
    this.rates = rates;
  }

  /// The cost in millionths.
  static BigDecimal of(TokenUsage tokens, Function<TokenKind, BigDecimal> rates) {
    TokenCost cost = new TokenCost(rates);
    if (tokens.audioInput() == 0 && tokens.details().imageInput() == 0) {
      cost.counts.put(TokenKind.INPUT, tokens.input() - tokens.cachedInput() - tokens.cacheWrite());
      cost.counts.put(TokenKind.CACHED_INPUT, tokens.cachedInput());
    } else {
      cost.input(tokens);
    }
    UsageDetails details = tokens.details();
    cost.counts.put(TokenKind.CACHE_WRITE, tokens.cacheWrite() - details.cacheWrite1h());
    cost.counts.put(TokenKind.CACHE_WRITE_1H, details.cacheWrite1h());
    cost.counts.put(
        TokenKind.OUTPUT,
        tokens.output() - tokens.reasoning() - tokens.audioOutput() - details.imageOutput());
    cost.counts.put(TokenKind.REASONING, tokens.reasoning());
    cost.counts.put(TokenKind.AUDIO_OUTPUT, tokens.audioOutput());
    cost.counts.put(TokenKind.IMAGE_OUTPUT, details.imageOutput());
    return cost.sum();
  }

  private void input(TokenUsage tokens) {
    UsageDetails details = tokens.details();
    long[] left = {
      tokens.input() - tokens.audioInput() - details.imageInput(),
      tokens.audioInput(),
      details.imageInput()
    };
    long[] mayBeCached = {
      left[TEXT],
      details.cachedAudioInput().orElse(left[AUDIO]),
      details.cachedImageInput().orElse(left[IMAGE])
    };
    long[] cached = {0, details.cachedAudioInput().orElse(0), details.cachedImageInput().orElse(0)};
    long untold = tokens.cachedInput() - cached[AUDIO] - cached[IMAGE];
    boolean[] done = new boolean[FRESH.length];
    for (int turn = 0; turn < FRESH.length; turn++) {
      int least = leastSaving(done);
      done[least] = true;
      long more = Math.min(untold, mayBeCached[least] - cached[least]);
      cached[least] += more;
      untold -= more;
    }
    long written = tokens.cacheWrite();
    for (int i = 0; i < FRESH.length; i++) {
      long fresh = left[i] - cached[i];
      long here = Math.min(written, fresh);
      written -= here;
      counts.put(FRESH[i], fresh - here);
      counts.put(CACHED[i], cached[i]);
    }
  }

  private int leastSaving(boolean[] done) {
    int least = -1;
    for (int i = 0; i < FRESH.length; i++) {
      if (!done[i] && (least < 0 || saving(i).compareTo(saving(least)) < 0)) {
        least = i;
      }
    }
    return least;
  }

  private BigDecimal saving(int modality) {
    return rates.apply(FRESH[modality]).subtract(rates.apply(CACHED[modality]));
  }

  private BigDecimal sum() {
    BigDecimal cost = BigDecimal.ZERO;
    for (Map.Entry<TokenKind, Long> each : counts.entrySet()) {
      if (each.getValue() > 0) {
        cost = cost.add(rates.apply(each.getKey()).multiply(BigDecimal.valueOf(each.getValue())));
      }
    }
    return cost;
  }
}
