/// Alerts and summaries to show, and the places that they are sent to.
@NullMarked
package dev.stipend.support.notification;

import org.jspecify.annotations.NullMarked;
