package dev.stipend.ingest.format.bedrock;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who called, by the ARN of AWS's identity.
///
/// @param user the name of the session or of the IAM user; the role's where a machine named the
///     session; empty where nobody is told
/// @param role the role that was assumed; empty where there is none
public record Principal(String user, String role) {
  /// Nobody is told.
  public static final Principal NOBODY = new Principal("", "");

  private static final Pattern SESSION =
      Pattern.compile("arn:[^:]+:sts::[0-9]*:assumed-role/(?:[^/]+/)*?([^/]+)/([^/]+)");

  /// A role, a user or a federated user, with the path that it may have.
  private static final Pattern NAMED =
      Pattern.compile(
          "arn:[^:]+:(?:iam|sts)::[0-9]*:(role|user|federated-user)/(?:[^/]+/)*([^/]+)");

  private static final Pattern ROOT = Pattern.compile("arn:[^:]+:iam::[0-9]*:root");

  /// Names that SDKs, instances, tasks and pods give to their sessions: other ones at every start.
  private static final Pattern MACHINE =
      Pattern.compile(
          "botocore-session-[0-9]+"
              + "|aws-sdk-[a-z-]+-[0-9]+"
              + "|aws-go-sdk-[0-9]+"
              + "|i-[0-9a-f]{8,17}"
              + "|[0-9a-f]{32}"
              + "|eks-.+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + "|[0-9]{10,19}");

  /// Reads an ARN; one of another kind is a user as it stands.
  public static Principal of(String arn) {
    Matcher session = SESSION.matcher(arn);
    if (session.matches()) {
      String role = session.group(1);
      String name = session.group(2);
      return new Principal(MACHINE.matcher(name).matches() ? role : name, role);
    }
    Matcher named = NAMED.matcher(arn);
    if (named.matches()) {
      String name = named.group(2);
      return new Principal(name, named.group(1).equals("role") ? name : "");
    }
    return new Principal(ROOT.matcher(arn).matches() ? "root" : arn, "");
  }
}
