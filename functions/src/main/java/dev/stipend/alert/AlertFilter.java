package dev.stipend.alert;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Which alerts of a workspace a page shows, newest first.
///
/// @param budget only alerts of this budget
/// @param state only alerts in this state
/// @param stage only alerts of this stage
/// @param type only alerts of this type
/// @param raisedBefore only alerts raised before the last one of the page before
/// @param idBefore settles what was raised at the same instant
/// @param now what snoozes are compared with
public record AlertFilter(
    Optional<UUID> budget,
    Optional<AlertState> state,
    Optional<AlertStage> stage,
    Optional<AlertType> type,
    Instant raisedBefore,
    UUID idBefore,
    Instant now) {}
