package dev.stipend.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every language has the same words, and pages use all of them and no others.
final class WordsTest {
  private static final Path WORDS = Path.of("src/main/resources/dev/stipend/console/page");
  private static final Pattern PLACE = Pattern.compile("%s");

  @Test
  void spanishHasEveryWordThatEnglishHasWithTheSamePlaces() throws IOException {
    Properties english = words("words.properties");
    Properties spanish = words("words_es.properties");
    assertThat(new TreeSet<>(spanish.stringPropertyNames()))
        .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    for (String key : english.stringPropertyNames()) {
      assertThat(places(spanish.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
      assertThat(spanish.getProperty(key)).as(key).isNotBlank();
    }
  }

  /// A key may be put together from its beginning and the name of a value.
  @Test
  void everyWordIsUsed() throws IOException {
    String sources = sources();
    for (String key : words("words.properties").stringPropertyNames()) {
      String stem = key.replaceFirst("\\.(one|many)$", "");
      String parent = stem.substring(0, stem.lastIndexOf('.') + 1);
      assertThat(
              sources.contains("\"" + stem + "\"")
                  || (!parent.isEmpty() && sources.contains("\"" + parent + "\"")))
          .as(key)
          .isTrue();
    }
  }

  @Test
  void everyWordThatATemplateSaysIsThere() throws IOException {
    Properties english = words("words.properties");
    assertThat(
            Pattern.compile("say\\(\"([\\w.-]+[\\w])\"[,)]")
                .matcher(sources())
                .results()
                .map(said -> said.group(1)))
        .isNotEmpty()
        .allMatch(english::containsKey);
  }

  @Test
  void aRegionCountsByItsLanguage() {
    assertThat(new ConsoleText(Locale.forLanguageTag("es-MX")).say("sign-in.button"))
        .isEqualTo("Iniciar sesi\u00f3n");
    assertThat(new ConsoleText(Locale.forLanguageTag("de")).say("sign-in.button"))
        .isEqualTo("Sign in");
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String root : new String[] {"src/main/java/dev/stipend/console", "src/main/jte/console"}) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  private static String places(String text) {
    return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.joining());
  }

  private static Properties words(String file) throws IOException {
    Properties words = new Properties();
    words.load(Files.newBufferedReader(WORDS.resolve(file)));
    return words;
  }
}
