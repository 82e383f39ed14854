package dev.stipend.notification.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.budget.Severity;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.message.AlertMessage.Fact;
import dev.stipend.notification.message.AlertMessage.Share;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.wording.Reason;
import dev.stipend.platform.wording.Reason.Code;
import dev.stipend.support.notification.SampleAlert;
import java.time.Instant;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
  private static final Locale SPANISH = Locale.forLanguageTag("es");

  private static AlertMessage spanish(SampleAlert alert) {
    return new AlertMessage(alert.snapshot(), SPANISH);
  }

  private static Map<String, String> texts(Locale locale) {
    Map<String, String> texts = new HashMap<>();
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            "dev.stipend.platform.wording.words",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    for (Enumeration<String> keys = bundle.getKeys(); keys.hasMoreElements(); ) {
      String key = keys.nextElement();
      texts.put(key, bundle.getString(key));
    }
    return texts;
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "es, en, es",
        "en-GB, es, en-GB",
        "-, es-MX, es-MX",
        "-, -, en",
        "-, fr, en",
        "-, not a tag, en",
        "fr, es, es"
      })
  void channelsOwnLocaleGoesBeforeTheWorkspaces(String channel, String workspace, String used) {
    Channel place =
        new Channel(
            new UUID(0, 1),
            new UUID(0, 2),
            ChannelKind.EMAIL,
            "team",
            channel == null ? Map.of() : Map.of("locale", channel),
            Severity.INFO);
    assertThat(
            AlertMessage.of(place, SampleAlert.warning().speaking(workspace).snapshot()).locale())
        .isEqualTo(Locale.forLanguageTag(used));
  }

  @Test
  void localeOfAChannelIsRead() {
    assertThat(Languages.readConfig(fields("{\"locale\":\"es-MX\"}")))
        .isEqualTo(Map.of("locale", "es-MX"));
    assertThat(Languages.readConfig(fields("{}"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "español", "e", "es_MX", "xx-YY"})
  void localeThatNobodyWritesInIsRefused(String tag) {
    JsonFields fields = fields("{\"locale\":\"" + tag + "\"}");
    Languages.readConfig(fields);
    assertThatThrownBy(fields::check)
        .isInstanceOf(InvalidJsonException.class)
        .hasMessageContaining("locale must be English or Spanish");
  }

  private static JsonFields fields(String json) {
    return JsonFields.of(ExactJson.parse(json));
  }

  /// A text that is the same in both may be meant so, as `total` is; one that lacks is not.
  @Test
  void spanishHasEveryTextWithTheSamePlaces() {
    Map<String, String> english = texts(Locale.ENGLISH);
    Map<String, String> spanish = texts(SPANISH);
    assertThat(spanish.keySet()).isEqualTo(english.keySet());
    assertThat(english.keySet())
        .filteredOn(key -> Objects.equals(english.get(key), spanish.get(key)))
        .containsExactlyInAnyOrder("period.total", "time.day", "time.utc", "time.zoned");
    assertThat(english)
        .allSatisfy(
            (key, text) -> assertThat(places(spanish.get(key))).as(key).isEqualTo(places(text)));
  }

  private static long places(@Nullable String text) {
    return Pattern.compile("%(\\d\\$)?s|\\{\\w+}").matcher(String.valueOf(text)).results().count();
  }

  @Test
  void englishIsSaidWhateverTheMachineSpeaks() {
    Locale before = Locale.getDefault();
    Locale.setDefault(SPANISH);
    try {
      assertThat(new AlertMessage(SampleAlert.warning().snapshot()).headline())
          .isEqualTo("Budget \"Research\" is at 80 % of $1.00");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everythingIsSaidInSpanish() {
    AlertMessage text = spanish(SampleAlert.exceeded());
    assertThat(text.subject())
        .isEqualTo(
            "[crítico] El presupuesto \"Research\" de usuario alice@example.com está al 104 % de"
                + " 1.000,00 US$");
    assertThat(text.facts())
        .containsExactly(
            new Fact("Gasto", "1.040,12 US$ de 1.000,00 US$ (104 %)"),
            new Fact("Exceso", "40,12 US$"),
            new Fact("Ámbito", "usuario alice@example.com"),
            new Fact("Periodo", "mensual, desde el jue 19 nov 2026, 18:00 EST (UTC-05:00)"),
            new Fact("Se reinicia", "mar 1 dic 2026, 00:00 EST (UTC-05:00)"),
            new Fact("Límite estricto", "se rechaza el trabajo que lo supere"),
            new Fact("Reservado", "3,50 US$ reservados, aún sin gastar"),
            new Fact(
                "Cambio", "240,12 US$ desde la alerta del vie 20 nov 2026, 04:12 EST (UTC-05:00)"),
            new Fact("Sin precio", "1.204 solicitudes sin precio conocido"));
    assertThat(text.contributors())
        .contains(new Share("agente researcher", "0,50 US$", "62,5 %"))
        .contains(new Share("modelo gpt-4o", "0,80 US$", "100 %"));
    assertThat(text.why())
        .isEqualTo("Motivo: el gasto de 1.040,12 US$ alcanzó el 100 % de 1.000,00 US$");
    assertThat(text.origin())
        .isEqualTo("Espacio de trabajo default, datos del vie 20 nov 2026, 09:03 EST (UTC-05:00)");
    assertThat(text.level()).isEqualTo("critical");
    assertThat(text.linkTitle()).isEqualTo("Abrir la alerta");
  }

  @Test
  void headlinesAreSpanishForEveryType() {
    assertThat(
            List.of(
                spanish(SampleAlert.warning()).headline(),
                spanish(SampleAlert.recovered()).headline(),
                spanish(SampleAlert.approaching()).headline(),
                spanish(SampleAlert.unusual()).headline(),
                spanish(SampleAlert.stale()).headline()))
        .containsExactly(
            "El presupuesto \"Research\" está al 80 % de 1,00 US$",
            "El presupuesto \"Research\" está de nuevo por debajo del 80 %: 40 % de 2,00 US$",
            "El presupuesto \"Research\" va camino de 1,21 US$, por encima del 100 % de 1,00 US$",
            "El presupuesto \"Research\" gastó 0,55 US$ en una hora que suele costar 0,05 US$",
            "El presupuesto \"Research\" no registra nada desde el vie 20 nov 2026, 12:00 CET"
                + " (UTC+01:00)");
  }

  @Test
  void reasonsAreWordedInSpanishWhateverTheirSize() {
    Reason large =
        Reason.of(Code.THRESHOLD_REACHED)
            .with("spend", "99999999999999.5")
            .with("percent", "80")
            .with("limit", "10");
    assertThat(spanish(SampleAlert.warning().because(large)).reason())
        .isEqualTo("el gasto de 99.999.999.999.999,50 US$ alcanzó el 80 % de 10,00 US$");
    assertThat(spanish(SampleAlert.warning().because(large.with("stillMet", "66.5"))).reason())
        .endsWith("; sigue alcanzado el umbral del 66,5 %");
    assertThat(
            spanish(
                    SampleAlert.warning()
                        .because(
                            Reason.of(Code.ALL_PRICED)
                                .again(
                                    Reason.Repeat.SUPPRESSED,
                                    Instant.parse("2026-11-20T09:12:00Z"))))
                .reason())
        .isEqualTo(
            "sigue abierta, y no se envió hasta ahora; surgió el vie 20 nov 2026, 10:12 CET"
                + " (UTC+01:00): todas las solicitudes tienen precio");
  }

  @Test
  void everyReasonHasASentenceInEveryLanguage() {
    for (Code code : Code.values()) {
      assertThat(texts(SPANISH)).containsKey("reason." + Labels.of(code));
    }
    for (Reason.Repeat repeat : Reason.Repeat.values()) {
      assertThat(texts(SPANISH)).containsKey("reason.repeat." + Labels.of(repeat));
    }
  }

  @Test
  void aReasonWithoutACodeStaysAsItWasStored() {
    assertThat(spanish(SampleAlert.warning().because("spend 0.80 reached 80 % of 1.00")).reason())
        .isEqualTo("spend 0.80 reached 80 % of 1.00");
  }
}
