package dev.stipend;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Calls, method references and fields that parts of the product must not touch.
final class ForbiddenAccess {
  /// What would make the same call answer something else tomorrow, or on another machine.
  static final DescribedPredicate<JavaAccess<?>> READS_THE_WORLD =
      describe("a clock, a random source or the machine's zone", ForbiddenAccess::readsTheWorld);

  /// What takes or answers a floating number.
  static final DescribedPredicate<JavaAccess<?>> FLOATING =
      describe("a floating number", ForbiddenAccess::handlesFloating);

  private static final Set<String> WORLD =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.security.SecureRandom.<init>",
          "java.security.SecureRandom.getInstanceStrong",
          "java.util.concurrent.ThreadLocalRandom.current");

  private static final Set<String> FLOATING_NUMBERS =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  private ForbiddenAccess() {}

  static boolean isFloating(JavaClass type) {
    return FLOATING_NUMBERS.contains(type.getName());
  }

  private static boolean readsTheWorld(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    return WORLD.contains(owner.getName() + "." + name)
        || (owner.getPackageName().startsWith("java.time") && readsClock(owner, name));
  }

  private static boolean readsClock(JavaClass owner, String name) {
    return name.equals("now")
        || name.equals("systemDefault")
        || (name.startsWith("system")
            && List.of("Clock", "InstantSource").contains(owner.getSimpleName()));
  }

  private static boolean handlesFloating(JavaAccess<?> access) {
    return Stream.concat(Stream.of(access.getTargetOwner()), types(access.getTarget()))
        .anyMatch(ForbiddenAccess::isFloating);
  }

  private static Stream<JavaClass> types(AccessTarget target) {
    return switch (target) {
      case AccessTarget.CodeUnitAccessTarget code ->
          Stream.concat(code.getRawParameterTypes().stream(), Stream.of(code.getRawReturnType()));
      case AccessTarget.FieldAccessTarget field -> Stream.of(field.getRawType());
      default -> Stream.of();
    };
  }
}
