package dev.slipway.cli.pack;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** The machine as JGit sees it here: nothing is written to it, and no git program is asked. */
final class QuietSystem extends SystemReader.Delegate {

  private static final class Once {
    static final boolean DONE = install(new QuietSystem(SystemReader.getInstance()));

    private static boolean install(SystemReader reader) {
      SystemReader.setInstance(reader);
      return true;
    }
  }

  private QuietSystem(SystemReader real) {
    super(real);
  }

  static void install() {
    if (!Once.DONE) {
      throw new IllegalStateException("JGit was not told of this system");
    }
  }

  /** JGit keeps there how exact the disk's times are: it can do without. */
  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  /** To find it JGit would run git. */
  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  private static final class Nothing extends FileBasedConfig {

    @SuppressWarnings("NullAway") // JGit's own way to say "no file"
    Nothing(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {
      // There is no file.
    }

    @Override
    public void save() {
      // There is no file.
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
