package dev.stipend.report.simulation;

import dev.stipend.money.Money;
import java.util.List;

/// What would have happened to one subject in one period.
///
/// @param subject the id that is counted
/// @param spend what was recorded
/// @param admitted the part of it that a hard limit would have let pass; all of it for a soft one
/// @param requests requests recorded
/// @param unpriced recorded events that nobody could price
/// @param alerts in the order in which they would have been raised
/// @param denials requests that would have been refused
public record SubjectOutcome(
    String subject,
    Money spend,
    Money admitted,
    long requests,
    long unpriced,
    List<SimulatedAlert> alerts,
    SimulatedDenials denials) {}
