package dev.stipend.platform.json;

import dev.stipend.money.Money;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serde;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;

/// Money in JSON that Stipend writes, and reads back: a decimal as text, which no reader rounds.
@Singleton
final class MoneySerde implements Serde<Money> {
  @Override
  public Money deserialize(Decoder decoder, DecoderContext context, Argument<? super Money> type)
      throws IOException {
    return new Money(new BigDecimal(decoder.decodeString()));
  }

  @Override
  public void serialize(
      Encoder encoder, EncoderContext context, Argument<? extends Money> type, Money value)
      throws IOException {
    encoder.encodeString(value.toString());
  }
}
