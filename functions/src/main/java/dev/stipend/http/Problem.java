package dev.stipend.http;

import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.web.ProblemText;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// An error as RFC 9457 describes it.
///
/// @param type a URI that names the kind of problem
/// @param title the kind of problem, for people
/// @param status the HTTP status
/// @param detail what happened this time, and what to do
/// @param errors what is wrong with which field; empty where no field is to blame
@Serdeable
public record Problem(String type, String title, int status, String detail, List<FieldError> errors)
    implements ProblemText {}
