/// The shipped zip as Lambda runs it, without Lambda: each function in a process of its own,
/// started by AWS's own runtime client, which asks a Runtime API of ours for its work.
///
/// - What runs is the zip, unpacked; nothing of this machine's class path gets in but the runtime
///   client, as on Lambda.
/// - A function has the variables that the template gives it and no other.
/// - Snapshots are acted, not taken: hooks run, and then the process waits until it is restored.
/// The
///   world around it may be another one by then.
///
/// Does not own: triggers. Whoever polls, schedules or serves HTTP invokes an environment.
@NullMarked
package dev.stipend.local.runtime;

import org.jspecify.annotations.NullMarked;
