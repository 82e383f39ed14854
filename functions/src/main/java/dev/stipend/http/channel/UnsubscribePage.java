package dev.stipend.http.channel;

import dev.stipend.notification.channel.UnsubscribeText;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;

/// What a reader who came by the link in a mail sees.
///
/// @param language of the text, as a tag
/// @param text what is asked or was done
/// @param button what to press; empty if there is nothing to do
public record UnsubscribePage(String language, String text, String button) {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.stipend.http.template");

  /// A page that only says something.
  static UnsubscribePage saying(UnsubscribeText words, String text) {
    return new UnsubscribePage(words.language(), text, "");
  }

  String html() {
    TemplateOutput output = new StringOutput();
    TEMPLATES.render("unsubscribe.jte", this, output);
    return output.toString();
  }
}
