package dev.stipend.console.session;

import java.net.URI;
import java.util.Optional;

/// Where somebody goes once they are signed in: to the page that they asked for, never to another
/// site.
public final class ReturnPath {
  public static final String PARAMETER = "return";
  private static final String START = "/";
  private static final int LONGEST = 1000;

  private ReturnPath() {}

  /// The path and query if they are of a page here, else those of the first page.
  public static String of(Optional<String> asked) {
    return asked.filter(ReturnPath::isLocal).orElse(START);
  }

  /// Browsers read a backslash as a slash, and leave out tabs and line ends.
  private static boolean isLocal(String path) {
    if (path.length() > LONGEST
        || !path.matches("/(?![/\\\\])[\\x21-\\x7E&&[^\\\\]]*")
        || path.startsWith(SessionFilter.SIGN_IN)) {
      return false;
    }
    try {
      URI uri = URI.create(path);
      return uri.getScheme() == null && uri.getRawAuthority() == null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
