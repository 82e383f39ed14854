package dev.stipend.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the parameters of the query that an operation reads itself, as its description does: that
/// one is not there when it runs.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ReadsQuery {
  String[] value();
}
