package dev.slipway.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Slack in memory: what was posted and edited, and a way for it to fail. */
final class FakeSlack implements Announcer {

  record Posted(Address to, Card card) {}

  final List<String> calls = new ArrayList<>();
  final List<Posted> posted = new ArrayList<>();
  private final boolean editable;

  /** Run before each call; what it throws, the call throws. */
  Runnable before = () -> {};

  /** Run after each posting; what it throws, the call throws. */
  Runnable afterPost = () -> {};

  FakeSlack(boolean editable) {
    this.editable = editable;
  }

  @Override
  public String post(Address to, Card card) {
    before.run();
    calls.add("post " + to.key() + " in " + to.channel());
    posted.add(new Posted(to, card));
    String ts = "ts-" + posted.size();
    afterPost.run();
    return ts;
  }

  @Override
  public void edit(Address to, String message, Card card) {
    before.run();
    calls.add("edit " + message + " in " + to.channel());
  }

  @Override
  public Optional<String> find(Address at) {
    before.run();
    for (int i = 0; i < posted.size(); i++) {
      if (posted.get(i).to().equals(at)) {
        return Optional.of("ts-" + (i + 1));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean isEditable() {
    return editable;
  }
}
