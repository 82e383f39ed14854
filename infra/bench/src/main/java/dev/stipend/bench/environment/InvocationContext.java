package dev.stipend.bench.environment;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;

/// The context of an invocation, as far as the functions read it.
public final class InvocationContext implements Context {
  @Override
  public String getAwsRequestId() {
    return "bench-request";
  }

  @Override
  public String getLogGroupName() {
    return "bench-log-group";
  }

  @Override
  public String getLogStreamName() {
    return "bench-log-stream";
  }

  @Override
  public String getFunctionName() {
    return "bench-function";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:bench-function";
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return 900_000;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }

  @Override
  public @Nullable LambdaLogger getLogger() {
    return null;
  }
}
