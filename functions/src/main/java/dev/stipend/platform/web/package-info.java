/// What requests carry and answers say, for every door that speaks HTTP: those for programs and
/// those for people.
///
/// - A body is read as it came, out of the gateway's encoding ({@link
/// dev.stipend.platform.web.SentBody}).
/// - Where a request came from and which site it was sent to is told by headers that the gateway
///   itself writes ({@link dev.stipend.platform.web.SentFrom}).
/// - Links of messages lead to where the deployment is reached ({@link
/// dev.stipend.platform.web.PublicAddress}).
/// - Parameters of a query, ids of paths and places of lists are read in one way ({@link
///   dev.stipend.platform.web.SentQuery}, {@link dev.stipend.platform.web.Ids}, {@link
/// dev.stipend.platform.web.Cursor}).
/// - What went wrong is said in the same words to a program and to a person ({@link
/// dev.stipend.platform.web.ProblemText}).
///
/// Does not own: routes, who may come in, how anything looks.
@NullMarked
package dev.stipend.platform.web;

import org.jspecify.annotations.NullMarked;
