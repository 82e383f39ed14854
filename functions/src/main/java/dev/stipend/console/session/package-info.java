/// Who is looking: sessions of the console, from signing in to signing out.
///
/// - A session is opened by an API key and may do what that key may. It is kept in a cookie, signed
///   by a key that the database made for itself; nothing is kept of it until it ends.
/// - It ends after eight hours, by signing out, and as soon as its key is revoked: the key is
///   looked up at each request. Each signing in opens a new session.
/// - What changes something comes from a page of the same origin and has the session's token
///   ({@link dev.stipend.console.session.SessionFilter}); the API knows no cookie.
/// - How often somebody tries is limited by their address and by the key's beginning.
/// - Where a deployment runs on one machine for its owner, every browser of that machine is signed
///   in by itself ({@link dev.stipend.console.session.LocalKey}).
///
/// Does not own: keys and roles, pages.
@NullMarked
package dev.stipend.console.session;

import org.jspecify.annotations.NullMarked;
