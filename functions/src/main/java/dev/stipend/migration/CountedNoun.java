package dev.stipend.migration;

/// A number with its noun, as people write them.
public final class CountedNoun {
  private CountedNoun() {}

  public static String of(long number, String noun) {
    return of(number, noun, noun + "s");
  }

  public static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
