/// Requests about budgets: create, edit, increase, usage, history, explain, simulate.
///
/// - An edit may demand a version by `If-Match`; what decides which usage a budget counts is never
///   edited.
/// - Channels may be named by id or by name. Two budgets of one name and scope are a warning.
///
/// Does not own: any rule of budgets; it translates.
@NullMarked
package dev.stipend.http.budget;

import org.jspecify.annotations.NullMarked;
