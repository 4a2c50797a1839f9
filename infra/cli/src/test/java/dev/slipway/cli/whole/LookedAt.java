package dev.slipway.cli.whole;

import dev.slipway.cli.browser.Browser;
import dev.slipway.cli.laptop.LaptopSetup;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A laptop cloud whose page somebody looks at with a real browser. */
record LookedAt(TestCloud cloud, Browser browser) implements AutoCloseable {

  /** Skips the calling test, and says so, where nothing can be built or looked at. */
  static LookedAt start(Callable<TestCloud> cloud, Path profile) throws Exception {
    TestCloud.requireCargo();
    Browser.require();
    return new LookedAt(cloud.call(), Browser.start(profile));
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
