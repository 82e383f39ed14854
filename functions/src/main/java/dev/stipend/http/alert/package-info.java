/// Requests about alerts: lists, one alert with its deliveries, acknowledge, snooze.
///
/// - An alert is shown as it was stored, with its reason as a sentence, a code and parameters.
///
/// Does not own: any rule of alerts; it translates.
@NullMarked
package dev.stipend.http.alert;

import org.jspecify.annotations.NullMarked;
