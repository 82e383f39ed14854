package dev.stipend.support;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The context of an invocation whose time runs down.
public final class LimitedContext implements Context {
  private final TestContext other = new TestContext();
  private final long end;

  public LimitedContext(Duration time) {
    end = System.nanoTime() + time.toNanos();
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, Duration.ofNanos(end - System.nanoTime()).toMillis());
  }

  @Override
  public String getAwsRequestId() {
    return other.getAwsRequestId();
  }

  @Override
  public String getLogGroupName() {
    return other.getLogGroupName();
  }

  @Override
  public String getLogStreamName() {
    return other.getLogStreamName();
  }

  @Override
  public String getFunctionName() {
    return other.getFunctionName();
  }

  @Override
  public String getFunctionVersion() {
    return other.getFunctionVersion();
  }

  @Override
  public String getInvokedFunctionArn() {
    return other.getInvokedFunctionArn();
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return other.getIdentity();
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return other.getClientContext();
  }

  @Override
  public int getMemoryLimitInMB() {
    return other.getMemoryLimitInMB();
  }

  @Override
  public @Nullable LambdaLogger getLogger() {
    return other.getLogger();
  }
}
