package dev.stipend.enforcement;

import java.util.Optional;
import java.util.UUID;

/// A reservation about to be made.
///
/// @param request the request as JSON, from which a settlement takes the fields that it leaves out
/// @param key by which the request may be repeated
record NewReservation(
    UUID workspaceId, Reservation reservation, String request, Optional<RequestKey> key) {}
