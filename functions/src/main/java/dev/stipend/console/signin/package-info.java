/// The page on which people sign in, and the way out.
///
/// - Signing in takes a key and answers with a session; it is taken from pages of this origin only.
///   Afterwards people are on the page that they asked for, if it is one of ours.
/// - Signing out ends the session for whoever has a copy of its cookie.
///
/// Does not own: sessions, keys.
@NullMarked
package dev.stipend.console.signin;

import org.jspecify.annotations.NullMarked;
