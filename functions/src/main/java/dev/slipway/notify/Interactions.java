package dev.slipway.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import dev.slipway.log.LogContext;
import dev.slipway.release.Command;
import dev.slipway.release.ReleaseId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers what people click in Slack: turns it into commands, in their name.
 *
 * <p>Only what Slack signed within the last five minutes, and sent for the first time, is read. A
 * click that needs a reason opens a dialog; its submission is the command. What does not apply to the
 * release any more is said to who clicked.
 *
 * <p>Slack wants its answer within three seconds. So a ledger that is slow is not waited for: the
 * click is handed on unread, and the pipeline, which reads the release before it obeys, refuses it if
 * it means nothing.
 */
public final class Interactions {

  private static final Logger LOG = System.getLogger(Interactions.class.getName());

  private static final int MAX_BODY = 1 << 20;

  private final Signature signature;
  private final Clicks clicks;
  private final Desk desk;
  private final Clock clock;

  /**
   * What interactions act through.
   *
   * @param ledger what is known of a release now; its events are not looked at
   * @param patience how long the ledger is waited for
   * @param commands where commands go
   */
  public record Desk(
      Function<ReleaseId, Optional<Story>> ledger,
      Duration patience,
      Consumer<Command> commands,
      Dialogs dialogs,
      Receipts receipts) {}

  /**
   * A request as it came.
   *
   * @param signature header {@code X-Slack-Signature}, {@code ""} where there is none
   * @param timestamp header {@code X-Slack-Request-Timestamp}, {@code ""} where there is none
   * @param body as it came, read as UTF-8
   */
  public record Request(String signature, String timestamp, String body) {

    /** Without what signs it. */
    @Override
    public String toString() {
      return "Request[of %d characters]".formatted(body.length());
    }
  }

  /**
   * What Slack is answered.
   *
   * @param body JSON, or empty
   */
  public record Answer(int status, String body) {

    static final Answer DONE = new Answer(200, "");
  }

  /** Answers what is signed with {@code secret}. */
  public Interactions(String secret, Clicks clicks, Desk desk, Clock clock) {
    this.signature = new Signature(secret);
    this.clicks = clicks;
    this.desk = desk;
    this.clock = clock;
  }

  /** Answers a request; nothing is done that is not answered by 200. */
  public Answer answer(Request request) {
    if (request.body().length() > MAX_BODY
        || !signature.isOf(
            request.signature(), request.timestamp(), request.body(), clock.instant())) {
      return new Answer(401, "not signed by Slack, or not within five minutes");
    }
    Optional<Interaction> interaction = Interaction.read(request.body());
    if (interaction.isEmpty()) {
      return new Answer(400, "no interaction of a shape known here");
    }
    return switch (interaction.get()) {
      case Interaction.Clicked click ->
          taken(request, click.release(), standing -> clicked(click, standing));
      case Interaction.Submitted form ->
          taken(request, form.release(), standing -> submitted(form, standing));
      case Interaction.Other other -> Answer.DONE;
    };
  }

  /** Answers what comes for the first time; meanwhile the ledger is read. */
  private Answer taken(Request request, ReleaseId release, Function<Standing, Answer> answer) {
    Standing standing = Standing.read(desk.ledger(), release);
    Instant until = clock.instant().plus(Signature.WINDOW.multipliedBy(2));
    return desk.receipts().first(key(request), until)
        ? answer.apply(standing)
        : new Answer(401, "sent before");
  }

  /** The same for the same request only: its signature covers its time and its body. */
  private static String key(Request request) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(request.signature().getBytes(UTF_8));
      return "slack-" + HexFormat.of().formatHex(hash).substring(0, 40);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Answer clicked(Interaction.Clicked click, Standing standing) {
    Optional<String> refusal = refusal(click.user(), click.kind(), click.release(), standing);
    if (refusal.isPresent()) {
      return open(click, Dialog.told(refusal.get()));
    }
    if (asksForAReason(click.kind())) {
      return open(
          click,
          Dialog.reason(
              click.kind(), click.release(), clicks.reasons().contains(click.kind())));
    }
    return send(new Command(click.kind(), click.release(), click.user().actor(), ""));
  }

  /** What ends or overrides something gets a dialog in any case: a slip of the finger is no reason. */
  private boolean asksForAReason(Command.Kind kind) {
    return clicks.reasons().contains(kind) || Buttons.isGrave(kind);
  }

  private Answer open(Interaction.Clicked click, JsonObject view) {
    try {
      desk.dialogs().open(click.trigger(), view);
      return Answer.DONE;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "{0}; who clicked is told to try again", e.getMessage());
      return new Answer(502, "Slack took no dialog");
    }
  }

  private Answer submitted(Interaction.Submitted form, Standing standing) {
    Optional<String> refusal = refusal(form.user(), form.kind(), form.release(), standing);
    if (refusal.isPresent()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("response_action", "update");
      answer.add("view", Dialog.told(refusal.get()));
      return new Answer(200, answer.toString());
    }
    if (form.reason().isBlank() && clicks.reasons().contains(form.kind())) {
      JsonObject errors = new JsonObject();
      errors.addProperty(Dialog.BLOCK, "Say why: it goes into the ledger.");
      JsonObject answer = new JsonObject();
      answer.addProperty("response_action", "errors");
      answer.add("errors", errors);
      return new Answer(200, answer.toString());
    }
    return send(
        new Command(form.kind(), form.release(), form.user().actor(), form.reason()));
  }

  /** Why nothing is done, in mrkdwn. */
  private Optional<String> refusal(
      Interaction.User user, Command.Kind kind, ReleaseId release, Standing standing) {
    if (!clicks.lets(user)) {
      return Optional.of("You are not among those who may do this here.");
    }
    return switch (standing.after(desk.patience())) {
      case Standing.Known.Stands(Story story) ->
          refusal(new Command(kind, release, user.actor(), "-"), story);
      case Standing.Known.Nowhere() -> Optional.of("The ledger has no `" + release + "`.");
      case Standing.Known.NotYet() -> {
        LOG.log(Level.WARNING, "the ledger is slow: {0} of {1} goes on unread", kind, release);
        yield Optional.empty();
      }
    };
  }

  /** A reason is asked for later, where one is obligatory. */
  private static Optional<String> refusal(Command asked, Story story) {
    return switch (asked.outcome(story.release(), story.service())) {
      case Command.Outcome.Do obeyed -> Optional.empty();
      case Command.Outcome.Refuse refused ->
          Optional.of(
              "`%s`: nothing was done, for %s."
                  .formatted(asked.release(), Markup.escape(refused.reason())));
    };
  }

  private Answer send(Command command) {
    LogContext.of(
        command.release(),
        () -> {
          LOG.log(Level.INFO, "{0} asks for {1}", command.actor(), command.kind());
          desk.commands().accept(command);
        });
    return Answer.DONE;
  }
}
