package dev.stipend.support.process;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Processes of their own on a test's database and queue, to be killed.
public final class WorkerProcess {
  private WorkerProcess() {}

  /// A process that runs a class of the tests, whose first argument is the name of a file for
  /// {@link #context}.
  ///
  /// @param directory for that file
  /// @param options of its JVM
  public static ProcessBuilder of(
      Stipend stipend, Path directory, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    Properties settings = new Properties();
    stipend.settings().forEach((name, value) -> settings.setProperty(name, value.toString()));
    Path file = directory.resolve("settings.properties");
    settings.store(Files.newBufferedWriter(file, StandardCharsets.UTF_8), "");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Daws.endpointUrlSqs=" + TestServers.SQS_ENDPOINT,
            "-Daws.region=us-east-1",
            "-Daws.accessKeyId=test",
            "-Daws.secretAccessKey=test",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            file.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /// Starts the functions' context in such a process, its clock at the tests' start.
  static ApplicationContext context(String settingsFile) throws IOException {
    Properties file = new Properties();
    file.load(Files.newBufferedReader(Path.of(settingsFile), StandardCharsets.UTF_8));
    Map<String, Object> settings = new HashMap<>();
    file.forEach((name, value) -> settings.put(name.toString(), value));
    ApplicationContext context =
        ApplicationContext.builder("function").properties(settings).start();
    context.getBean(SettableClock.class).set(SettableClock.START);
    return context;
  }
}
