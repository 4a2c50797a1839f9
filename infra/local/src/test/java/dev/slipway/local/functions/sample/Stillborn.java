package dev.slipway.local.functions.sample;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/** Cannot be constructed. */
public final class Stillborn implements HttpFunction {

  public Stillborn() {
    throw new IllegalStateException("SLIPWAY_BUCKET is not set");
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) {}
}
