/// The command line: what an operator does by hand against the database, without a server.
///
/// - One class per command; {@link StipendCommand} gathers them. A command reads its arguments,
///   calls a feature, and prints what became of it.
/// - The environment is that of the functions (`DATABASE_URL` and its relatives). Only `migrate`
///   migrates; the others refuse a database whose schema is older than this build, as the functions
///   do.
/// - What a command answers goes to the standard output; errors, one clear sentence without
///   secrets, and logs go to the standard error.
/// - It ends with 0 if the command did its work, with 1 if it could not, with 2 for a usage error;
///   `migrate` has further codes, for scripts.
///
/// Does not own: anything that a function or the API does; both doors call the same features.
@NullMarked
package dev.stipend.cli;

import org.jspecify.annotations.NullMarked;
