package dev.stipend.notification.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackFilesUploadV2Exception;
import com.slack.api.methods.request.files.FilesUploadV2Request;
import com.slack.api.methods.response.files.FilesUploadV2Response;
import dev.stipend.notification.message.AlertMessage;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the picture of a period into the thread of its message. The message is in
/// Slack already: whatever goes wrong here is logged, and changes nothing.
final class SlackChart {
  private static final Logger LOG = LoggerFactory.getLogger(SlackChart.class);
  private static final String FILE = "burn-down.png";

  private SlackChart() {}

  static void show(MethodsClient methods, PostedMessage message, AlertMessage alert) {
    alert.chart().ifPresent(png -> upload(methods, message, alert.chartTitle(), png));
  }

  private static void upload(
      MethodsClient methods, PostedMessage message, String title, byte[] png) {
    FilesUploadV2Request request =
        FilesUploadV2Request.builder()
            .fileData(png)
            .filename(FILE)
            .title(title)
            .altTxt(title)
            .channel(message.channel())
            .threadTs(message.root())
            .build();
    try {
      FilesUploadV2Response response = methods.filesUploadV2(request);
      if (!response.isOk()) {
        failed(response.getError());
      }
    } catch (SlackFilesUploadV2Exception refused) {
      failed(reason(refused));
    } catch (SlackApiException refused) {
      failed("Slack answered " + refused.getResponse().code());
    } catch (IOException | RuntimeException unexpected) {
      failed(unexpected.getClass().getSimpleName());
    }
  }

  /// Only what Slack calls the error: addresses of uploads are secrets for a while.
  private static String reason(SlackFilesUploadV2Exception refused) {
    if (refused.getCompleteResponse() != null) {
      return String.valueOf(refused.getCompleteResponse().getError());
    }
    return refused.getGetURLResponses().stream()
        .filter(response -> !response.isOk())
        .map(response -> String.valueOf(response.getError()))
        .findFirst()
        .orElse("the picture was not accepted");
  }

  private static void failed(String why) {
    LOG.warn(
        "A chart could not be shown in Slack: {}{}",
        why,
        why.equals("missing_scope") ? ", the app needs files:write" : "");
  }
}
