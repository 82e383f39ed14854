/// What all pages share: their frame, their words, how they are sent.
///
/// - A page is a template in the frame of {@link dev.stipend.console.page.PageFrame}: navigation of
///   the views that there are, whoever is signed in, the way out.
/// - Words are in `words*.properties`, English and Spanish, as the browser asks for. English holds
///   every key. Amounts, percents and times are worded by {@link
///   dev.stipend.platform.wording.MessageCatalog}, and the exact value is beside them.
/// - A page belongs to who sees it, and a browser that has it is told when it has not changed. It
///   takes nothing from elsewhere, and nothing may show it in a frame.
/// - A problem is a page too, where a browser asked for one.
///
/// Does not own: sessions, what is in a view.
@NullMarked
package dev.stipend.console.page;

import org.jspecify.annotations.NullMarked;
