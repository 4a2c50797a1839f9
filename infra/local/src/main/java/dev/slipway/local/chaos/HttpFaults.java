package dev.slipway.local.chaos;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

/**
 * Lets HTTP requests go wrong as the rules say. A request carried out and then failed has its
 * status replaced; headers and body stay what they were. Every answer that was touched says so in
 * the header {@code x-slipway-chaos}.
 */
final class HttpFaults implements HttpHandler {

  private static final HttpString HEADER = new HttpString("x-slipway-chaos");

  private final Rules rules;
  private final Waiting waiting;
  private final HttpHandler next;

  HttpFaults(Rules rules, Waiting waiting, HttpHandler next) {
    this.rules = rules;
    this.waiting = waiting;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (exchange.getRequestPath().startsWith(Chaos.PATH)) {
      next.handleRequest(exchange);
      return;
    }
    String name = exchange.getRequestMethod() + " " + exchange.getRequestPath();
    Mishap mishap = Mishap.of(rules.strike(Place.HTTP, name));
    waiting.hold(mishap.stall());
    if (mishap.failsBy(Fault.BEFORE)) {
      mishap.failure().ifPresent(standing -> refuse(exchange, standing));
      return;
    }
    mishap
        .failure()
        .ifPresent(
            standing ->
                exchange.addResponseCommitListener(answer -> spoil(answer, standing)));
    next.handleRequest(exchange);
  }

  private static void refuse(HttpServerExchange exchange, Standing standing) {
    mark(exchange, standing, Answers.http(standing.rule().status()));
    exchange.getResponseSender().send(Mishap.words(standing) + "\n");
  }

  /** When the answer is ready: it is held back if it is to time out, and an error in any case. */
  private void spoil(HttpServerExchange exchange, Standing standing) {
    if (standing.rule().fault() == Fault.TIMEOUT) {
      waiting.hold(standing.rule().duration());
      mark(exchange, standing, StatusCodes.GATEWAY_TIME_OUT);
    } else {
      mark(exchange, standing, Answers.http(standing.rule().status()));
    }
  }

  private static void mark(HttpServerExchange exchange, Standing standing, int status) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(HEADER, standing.id());
  }
}
