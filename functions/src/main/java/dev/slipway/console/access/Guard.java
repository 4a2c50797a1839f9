package dev.slipway.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.console.http.Request;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells what a person sent from what another site had their browser send.
 *
 * <p>A browser says where a request comes from ({@code sec-fetch-site}, {@code origin}), and it
 * must come from our own page; besides, it must bring the token that our page carries and our
 * cookie holds, which no other site can read or set. What is no browser says none of it and must
 * send JSON, which a browser sends to another site only after asking it first.
 */
public final class Guard {

  /** Browsers take a cookie of this name only from this very host, for all of it, over TLS. */
  private static final String COOKIE = "__Host-slipway";

  /** Browsers do not know how to keep the other one without TLS. */
  private static final String LAPTOP_COOKIE = "slipway";

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{32}");
  private static final int TOKEN_BYTES = 24;

  private final boolean laptop;
  private final SecureRandom random = new SecureRandom();

  public Guard(boolean laptop) {
    this.laptop = laptop;
  }

  /** The token the requester's browser holds; empty when it has none yet. */
  public Optional<String> held(Request request) {
    return request.cookie(name()).filter(value -> TOKEN.matcher(value).matches());
  }

  public String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The header that has a browser hold a token. */
  public String setCookie(String token) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict%s"
        .formatted(name(), token, laptop ? "" : "; Secure");
  }

  private String name() {
    return laptop ? LAPTOP_COOKIE : COOKIE;
  }

  /**
   * Why a request that changes something is not to be trusted; empty when it is.
   *
   * @param token what came along, as a form's field or a header
   */
  public Optional<String> objection(Request request, Optional<String> token) {
    boolean browser =
        request.header("sec-fetch-site").isPresent()
            || request.header("origin").isPresent()
            || request.header("cookie").isPresent();
    if (!browser) {
      return request.isOf("application/json")
          ? Optional.empty()
          : Optional.of("it is neither JSON nor sent by the page");
    }
    if (!request.header("sec-fetch-site").orElse("same-origin").equals("same-origin")) {
      return Optional.of("another site sent it");
    }
    if (!isOwn(request)) {
      return Optional.of("it does not come from this page");
    }
    boolean same = token.isPresent() && held(request).filter(h -> equal(h, token.get())).isPresent();
    return same ? Optional.empty() : Optional.of("the page is too old, or cookies are switched off");
  }

  /** Whether the browser names our own page; with neither header that cannot be known. */
  private boolean isOwn(Request request) {
    Optional<String> origin = request.header("origin");
    if (origin.isEmpty()) {
      return request.header("sec-fetch-site").isPresent();
    }
    String scheme = laptop ? "http://" : "https://";
    return Host.of(request, laptop).filter(h -> origin.get().equals(scheme + h)).isPresent();
  }

  /** In a time that does not tell how much of it was right. */
  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
