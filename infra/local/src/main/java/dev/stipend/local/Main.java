package dev.stipend.local;

import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.local.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// Runs Stipend on this machine: `mvn -Plocal`. The working directory is that of `template.yaml`.
public final class Main {

  private static final Pattern OPTION = Pattern.compile("(?:^|\\s)-D(stipend\\.[^=\\s]*)");

  private Main() {}

  /// Runs until everything is done, or until told to stop.
  ///
  /// @param arguments `--stop-with-parent` ends this process when the one that started it ends
  public static void main(String[] arguments) {
    // Before the first logger: the functions bring a configuration for Lambda.
    System.setProperty("logback.configurationFile", "dev/stipend/local/logback-local.xml");
    Closing closing = new Closing();
    Runtime.getRuntime().addShutdownHook(new Thread(closing::close, "stop"));
    if (Arrays.asList(arguments).contains("--stop-with-parent")) {
      ParentWatch.start(() -> System.exit(1));
    }
    System.exit(run(Terminal.system(), closing));
  }

  private static int run(Terminal terminal, Closing closing) {
    try {
      LocalOptions.rejectUnknown(
          OPTION
              .matcher(System.getenv().getOrDefault("MAVEN_CMD_LINE_ARGS", ""))
              .results()
              .map(option -> option.group(1))
              .collect(Collectors.toSet()));
      LocalOptions options = LocalOptions.from(System.getProperties());
      SamTemplate template = SamTemplate.read(Path.of("template.yaml"));
      LocalEnvironment environment = new LocalEnvironment(System.getenv());
      new LocalRun(options, template, environment, terminal, closing).run();
      return 0;
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(Main.class).debug("The cause", e);
      // Whatever breaks while everything is being stopped was asked for.
      if (!closing.begun()) {
        System.err.println("stipend: " + sentence(e));
      }
    }
    closing.close();
    return 1;
  }

  private static String sentence(Throwable failure) {
    if (failure instanceof LocalFailure) {
      return String.valueOf(failure.getMessage());
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "Stopped by an unexpected error: " + cause;
  }
}
