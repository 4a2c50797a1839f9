package dev.slipway.cli.whole;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** A static page with one line and no style: the least the same server and browser can do. */
public final class Blank implements HttpFunction {

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    response.setContentType("text/html; charset=utf-8");
    response
        .getWriter()
        .write("<!doctype html><html lang=\"en\"><title>Blank</title><p>Nothing</p></html>");
  }
}
