package dev.slipway.cli.pack;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to be packed.
 *
 * @param root the folder the paths begin at
 * @param files what is packed, by its path in the archive; where its content is read from
 * @param commit the commit that is checked out, where there is one
 * @param notes what a person should know, in words
 */
public record Pack(
    Path root, SortedMap<String, Path> files, Optional<Commit> commit, List<String> notes) {

  /** The file cargo writes the commit into. */
  static final String VCS_INFO = ".cargo_vcs_info.json";

  public Pack {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    notes = List.copyOf(notes);
  }

  /**
   * A commit.
   *
   * @param dirty whether a file that is packed is otherwise than in the commit
   * @param path where the crate lies in the checkout, empty at its root
   */
  public record Commit(String sha1, boolean dirty, String path) {

    /** As cargo writes it. */
    String json() {
      JsonObject git = new JsonObject();
      git.addProperty("sha1", sha1);
      if (dirty) {
        git.addProperty("dirty", true);
      }
      JsonObject all = new JsonObject();
      all.add("git", git);
      all.addProperty("path_in_vcs", path);
      return all + "\n";
    }
  }

  /** The paths in the archive, sorted, without the one of the commit. */
  public Collection<String> paths() {
    return files.keySet();
  }

  /** The files' sizes in bytes, by path, sorted. */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    files.forEach((path, file) -> sizes.put(path, Archive.size(file)));
    return sizes;
  }

  /** Writes it as a gzipped tar: the same files and commit are the same bytes. */
  public void write(Path archive) {
    Archive.write(this, archive);
  }
}
