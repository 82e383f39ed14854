package dev.stipend.alert;

import dev.stipend.money.Money;
import java.util.Optional;
import java.util.function.Supplier;

/// One line with what holds of it. Its words are made when somebody wants them: most lines say
/// nothing.
///
/// @param met whether its condition is true
/// @param reached why an alert would open
/// @param left why an open alert would close
/// @param missing the least spend that would meet it, where it is not met and spend would
record Line(
    AlertLine key,
    boolean met,
    Supplier<String> reached,
    Supplier<String> left,
    Supplier<Optional<Money>> missing) {}
