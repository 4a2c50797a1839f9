package dev.slipway.cli.whole;

import dev.slipway.cli.browser.Browser;
import dev.slipway.cli.laptop.LaptopSetup;
import java.nio.file.Path;

/** A laptop cloud whose page somebody looks at with a real browser. */
record LookedAt(TestCloud cloud, Browser browser) implements AutoCloseable {

  /**
   * Starts the browser.
   *
   * @param profile a folder of its own
   */
  static LookedAt start(TestCloud cloud, Path profile) throws Exception {
    return new LookedAt(cloud, Browser.start(profile));
  }

  /** The address of a page. */
  String page(String path) {
    return LaptopSetup.page(cloud.cloud().endpoints()) + path;
  }

  @Override
  public void close() {
    browser.close();
    cloud.close();
  }
}
