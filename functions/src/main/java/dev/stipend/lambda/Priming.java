package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.stipend.notification.send.Preparable;
import io.micronaut.context.ApplicationContext;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does a function's first work before its snapshot is taken, with an event that changes nothing,
/// and loads what that does not reach: classes are there and beans are made once, and not after
/// every restore. If it cannot be done, the function works all the same, only later.
final class Priming implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

  /// Whoever registers is held weakly, and would be forgotten before the snapshot.
  private static final List<Priming> REGISTERED = new ArrayList<>();

  private final ApplicationContext context;
  private final Consumer<ApplicationContext> firstWork;

  private Priming(ApplicationContext context, Consumer<ApplicationContext> firstWork) {
    this.context = context;
    this.firstWork = firstWork;
  }

  /// Has the work done before a snapshot, if there is to be one.
  static void of(ApplicationContext context, Consumer<ApplicationContext> firstWork) {
    Priming priming = new Priming(context, firstWork);
    REGISTERED.add(priming);
    Core.getGlobalContext().register(priming);
  }

  /// Has a function answer an event that nobody sent, read from JSON and written as JSON by what
  /// Lambda's client has for it.
  static <E, R> void rehearse(RequestHandler<E, R> function, Class<E> type, String event) {
    ServiceLoader.load(CustomPojoSerializer.class, Priming.class.getClassLoader())
        .findFirst()
        .ifPresent(
            json -> {
              R response = function.handleRequest(json.fromJson(event, type), noInvocation());
              json.toJson(response, OutputStream.nullOutputStream(), response.getClass());
            });
  }

  private static Context noInvocation() {
    return (Context)
        Proxy.newProxyInstance(
            Priming.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> method.getReturnType() == int.class ? 0 : null);
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> snapshot) {
    try {
      firstWork.accept(context);
      context.getBeansOfType(Preparable.class).forEach(Preparable::prepare);
      PreloadedClasses.load();
      LOG.info("Ready for the snapshot");
    } catch (RuntimeException unready) {
      LOG.warn("The snapshot is taken without priming: {}", unready.toString());
    }
  }

  @Override
  public void afterRestore(org.crac.Context<? extends Resource> snapshot) {
    // What was loaded stays.
  }
}
