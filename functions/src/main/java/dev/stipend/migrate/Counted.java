package dev.stipend.migrate;

/// A number with its noun, as people write them.
final class Counted {
  private Counted() {}

  static String of(long number, String noun) {
    return of(number, noun, noun + "s");
  }

  static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
