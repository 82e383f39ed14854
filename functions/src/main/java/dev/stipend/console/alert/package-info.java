/// Alerts, for people: which there are, why somebody was or was not notified, what to do about
/// them.
///
/// - What is shown and done is what the API shows and does ({@link
///   dev.stipend.notification.review}); only its words are here.
/// - Every change is a form that works without a script. A form may name many alerts; each is done
///   by itself, and the page says how many were over already.
///
/// Does not own: alerts, deliveries, limits, figures.
@NullMarked
package dev.stipend.console.alert;

import org.jspecify.annotations.NullMarked;
