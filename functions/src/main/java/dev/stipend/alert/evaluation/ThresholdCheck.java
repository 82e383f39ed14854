package dev.stipend.alert.evaluation;

import dev.stipend.alert.AlertThreshold;
import dev.stipend.money.Money;
import dev.stipend.platform.wording.Reason;
import java.util.Optional;
import java.util.function.Supplier;

/// One threshold with what holds of it. Its reasons are made when somebody wants them: most
/// thresholds give none.
///
/// @param met whether its condition is true
/// @param reached why an alert would open
/// @param left why an open alert would close
/// @param missing the least spend that would meet it, where it is not met and spend would
record ThresholdCheck(
    AlertThreshold key,
    boolean met,
    Supplier<Reason> reached,
    Supplier<Reason> left,
    Supplier<Optional<Money>> missing) {}
