package dev.stipend.local.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.stipend.local.template.FunctionResource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/// One execution environment of a function: a process with the memory and the flags of Lambda,
/// which works off one invocation at a time.
public final class ExecutionEnvironment implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  /// What Lambda leaves the heap of a function's memory.
  private static final double HEAP = 0.85;

  private final FunctionResource function;
  private final RuntimeApi api;
  private final Process process;
  private final Path log;
  private final Optional<CpuLimit> limit;

  private ExecutionEnvironment(
      FunctionResource function,
      RuntimeApi api,
      Process process,
      Path log,
      Optional<CpuLimit> limit) {
    this.function = function;
    this.api = api;
    this.process = process;
    this.log = log;
    this.limit = limit;
  }

  /// How an environment comes to be.
  public enum Start {
    /// Anew, as a version without a snapshot.
    COLD,
    /// Up to the snapshot, where it waits for {@link #restore}.
    SNAPSHOT
  }

  /// Starts the process with all the processor time there is. Its variables are those given and
  /// those that Lambda sets itself.
  public static ExecutionEnvironment start(
      FunctionResource function, ShippedZip zip, Map<String, String> variables, Start start) {
    return start(function, zip, variables, start, Optional.empty());
  }

  /// As above.
  ///
  /// @param limit of the processor time, closed with the environment
  public static ExecutionEnvironment start(
      FunctionResource function,
      ShippedZip zip,
      Map<String, String> variables,
      Start start,
      Optional<CpuLimit> limit) {
    RuntimeApi api =
        new RuntimeApi("arn:aws:lambda:us-east-1:000000000000:function:" + function.logicalId());
    try {
      Path log = Files.createTempFile("stipend-" + function.logicalId() + "-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  limit.map(some -> some.around(command(function))).orElse(command(function)))
              .directory(zip.root().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      Map<String, String> environment = builder.environment();
      environment.clear();
      environment.putAll(variables);
      environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
      environment.put("AWS_LAMBDA_FUNCTION_NAME", function.logicalId());
      environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
      environment.put(
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
      environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.logicalId());
      environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
      environment.put(
          "AWS_LAMBDA_INITIALIZATION_TYPE", start == Start.SNAPSHOT ? "snap-start" : "on-demand");
      environment.put("LAMBDA_TASK_ROOT", zip.root().toString());
      environment.put("_HANDLER", function.handler());
      environment.put("TZ", ":UTC");
      environment.put("LANG", "en_US.UTF-8");
      Process process = builder.start();
      ExecutionEnvironment started = new ExecutionEnvironment(function, api, process, log, limit);
      Thread.ofVirtual()
          .start(
              () -> {
                process.onExit().join();
                api.fail(started.ended());
              });
      return started;
    } catch (IOException failure) {
      api.close();
      limit.ifPresent(CpuLimit::close);
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> command(FunctionResource function) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx%dm".formatted((int) (function.memoryMegabytes() * HEAP)));
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    // Functions see two, however little of them they get.
    command.add("-XX:ActiveProcessorCount=2");
    command.add("-Xshare:auto");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    command.add("-classpath");
    command.add(
        Stream.of(
                AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
            .map(ExecutionEnvironment::jar)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(AWSLambda.class.getName());
    command.add(function.handler());
    return command;
  }

  private static String jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Waits until the function has started, or could be snapshot.
  public ExecutionEnvironment awaitInitialised() {
    await(api.initialised(), START);
    return this;
  }

  /// Goes on from the snapshot, and waits until the function takes invocations.
  public ExecutionEnvironment restore() {
    api.restore();
    await(api.ready(), START);
    return this;
  }

  /// Invokes the function and waits for its answer, for as long as the template lets it run; what
  /// takes longer is ended with its process.
  ///
  /// @param event JSON
  public Answer invoke(String event) {
    return await(api.invoke(event, function.timeout()), function.timeout().plus(START));
  }

  private <T> T await(CompletableFuture<T> future, Duration patience) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      process.destroyForcibly();
      throw new IllegalStateException(
          function.logicalId() + " did not answer in time; it said:\n" + log(), late);
    } catch (ExecutionException failure) {
      throw new IllegalStateException(
          function.logicalId() + " failed; it said:\n" + log(), failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private IllegalStateException ended() {
    return new IllegalStateException(
        "%s ended with %d".formatted(function.logicalId(), process.exitValue()));
  }

  /// What it has printed so far.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    limit.ifPresent(CpuLimit::close);
    api.close();
    try {
      Files.delete(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
