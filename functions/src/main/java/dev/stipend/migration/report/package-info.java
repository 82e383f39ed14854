/// What a run reports: its plan, its progress, its outcome, and the problems with their fixes.
///
/// - Nothing secret is in a report: addresses are shown without credentials.
///
/// Does not own: doors that show it.
@NullMarked
package dev.stipend.migration.report;

import org.jspecify.annotations.NullMarked;
