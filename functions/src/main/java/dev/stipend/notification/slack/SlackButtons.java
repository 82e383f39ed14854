package dev.stipend.notification.slack;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;

import com.slack.api.model.block.element.BlockElement;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.LimitRaisers;
import dev.stipend.notification.interaction.ActionTokens;
import dev.stipend.notification.interaction.AlertAction;
import dev.stipend.notification.message.ActionReply;
import dev.stipend.platform.json.Labels;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The buttons below alerts, where somebody listens to them.
@Singleton
public final class SlackButtons {
  private static final String RAISED = "alert.raised";

  private final ActionTokens tickets;

  public SlackButtons(ActionTokens tickets) {
    this.tickets = tickets;
  }

  /// The buttons of a notice; none without a signing secret, or when there is nothing to answer.
  List<BlockElement> of(Channel channel, AlertSnapshot snapshot) {
    return of(channel, snapshot, EnumSet.allOf(AlertAction.class));
  }

  /// Those of the buttons that still make sense.
  List<BlockElement> of(Channel channel, AlertSnapshot snapshot, Set<AlertAction> open) {
    if (!snapshot.type().equals(RAISED)) {
      return List.of();
    }
    ActionReply text = ActionReply.of(channel, snapshot);
    boolean hasEnd = !snapshot.period().end().equals(Period.FOREVER);
    return tickets.issue(channel, snapshot.alert().id()).stream()
        .flatMap(
            ticket ->
                Stream.of(AlertAction.values())
                    .filter(open::contains)
                    .filter(answer -> hasEnd || !endsWithPeriod(answer))
                    .filter(answer -> answer != AlertAction.RAISE || LimitRaisers.areNamed(channel))
                    .<BlockElement>map(
                        answer ->
                            button(
                                b ->
                                    b.actionId(Labels.of(answer))
                                        .text(plainText(text.button(answer)))
                                        .value(ticket))))
        .toList();
  }

  private static boolean endsWithPeriod(AlertAction answer) {
    return answer == AlertAction.SNOOZE_RESET || answer == AlertAction.RAISE;
  }
}
