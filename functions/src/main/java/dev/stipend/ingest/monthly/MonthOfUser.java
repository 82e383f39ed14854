package dev.stipend.ingest.monthly;

import java.time.YearMonth;

/// A month of a user.
///
/// @param user as the application calls the user
/// @param month of UTC
public record MonthOfUser(String user, YearMonth month) {}
