package dev.slipway.cli.environment;

/**
 * What a command is about: a laptop cloud, or a team's environment on Google Cloud. Both are
 * reached by their console's API and by Cloud Storage's.
 */
public final class Environment implements AutoCloseable {

  /** The name of the one on the laptop; no team's can have it. */
  public static final String LAPTOP = "laptop";

  private final Description description;
  private final ConsoleApi api;
  private final String flag;

  /**
   * An environment.
   *
   * @param flag what a person must add to a command for it to be about this one, with a blank before
   *     it; or nothing
   */
  Environment(Description description, ConsoleApi api, String flag) {
    this.description = description;
    this.api = api;
    this.flag = flag;
  }

  public String name() {
    return description.name();
  }

  public boolean isLaptop() {
    return description.isLaptop();
  }

  /** Its project on Google Cloud, or the laptop's. */
  public String project() {
    return description.project();
  }

  /** The bucket crates are uploaded to. */
  public String bucket() {
    return description.bucket();
  }

  /** The console's address, with a slash at its end. */
  public String page() {
    return description.console();
  }

  /** The console. */
  public ConsoleApi api() {
    return api;
  }

  /** Where crates are uploaded to. */
  public Uploads uploads() {
    return new Uploads(description.bucket(), description.storage());
  }

  /** What a person must add to a command for it to be about this one, with a blank before it. */
  public String flag() {
    return flag;
  }

  /** What to do where nothing was released yet, as a sentence. */
  public String firstSteps() {
    return "Upload a crate with 'slipway push DIR%s'.".formatted(flag);
  }

  @Override
  public void close() {
    api.close();
  }
}
