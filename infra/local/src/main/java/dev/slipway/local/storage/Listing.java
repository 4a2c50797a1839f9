package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * What an objects.list request asks for.
 *
 * @param prefix what names must begin with
 * @param delimiter names that have it after the prefix are told as one common prefix; may be empty
 * @param start the first name wanted
 * @param end the first name not wanted any more; null for no end
 * @param versions whether noncurrent generations are wanted too
 * @param limit how many objects and prefixes together
 * @param after the key of the catalog after which this page begins; null for the first page
 */
record Listing(
    String bucket,
    String prefix,
    String delimiter,
    String start,
    @Nullable String end,
    boolean versions,
    boolean trailingDelimiter,
    int limit,
    @Nullable String after) {

  static final int MAX_RESULTS = 1000;

  /** Sorts after every name that begins with what stands before it. */
  private static final char LAST = '\uffff';

  static Listing of(Request request) {
    return new Listing(
        request.path().get(1),
        request.query("prefix", ""),
        request.query("delimiter", ""),
        request.query("startOffset", ""),
        request.query("endOffset"),
        request.flag("versions"),
        request.flag("includeTrailingDelimiter"),
        limit(request),
        after(request));
  }

  static int limit(Request request) {
    Long wanted = request.number("maxResults");
    if (wanted != null && wanted < 0) {
      throw ApiException.invalid("Invalid value for maxResults: " + wanted);
    }
    return wanted == null || wanted == 0 ? MAX_RESULTS : (int) Math.min(wanted, MAX_RESULTS);
  }

  /** What the page token of an earlier answer stands for. */
  static @Nullable String after(Request request) {
    String token = request.query("pageToken");
    try {
      return token == null ? null : new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("Invalid page token: " + token);
    }
  }

  static String token(String after) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(after.getBytes(UTF_8));
  }

  /** One page of results. */
  JsonObject list(Catalog catalog, Resources resources) {
    Page page = new Page();
    Cursor<String, byte[]> cursor = catalog.objectsFrom(first());
    while (cursor.hasNext()) {
      String key = cursor.next();
      if (after != null && key.compareTo(after) <= 0) {
        continue;
      }
      if (!key.startsWith(Catalog.key(bucket, prefix)) || isPastEnd(key)) {
        break;
      }
      ObjectVersion version = Catalog.version(cursor.getValue());
      if (!versions && !version.isLive()) {
        continue;
      }
      if (page.size() == limit) {
        return page.toJson(resources, Objects.requireNonNull(page.last));
      }
      String group = group(version.id().name());
      if (group != null) {
        page.prefixes.add(group);
        page.last = Catalog.key(bucket, group + LAST);
        cursor = catalog.objectsFrom(page.last);
      }
      if (group == null || (trailingDelimiter && group.equals(version.id().name()))) {
        page.items.add(version);
        page.last = group == null ? key : page.last;
      }
    }
    return page.toJson(resources, null);
  }

  private String first() {
    String key = Catalog.key(bucket, prefix.compareTo(start) > 0 ? prefix : start);
    return after != null && after.compareTo(key) > 0 ? after : key;
  }

  private boolean isPastEnd(String key) {
    return end != null && key.compareTo(Catalog.key(bucket, end)) >= 0;
  }

  /** The common prefix {@code name} is told as; null if it stands for itself. */
  private @Nullable String group(String name) {
    int at = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
    return at < 0 ? null : name.substring(0, at + delimiter.length());
  }

  private static final class Page {

    final List<ObjectVersion> items = new ArrayList<>();
    final List<String> prefixes = new ArrayList<>();
    @Nullable String last;

    int size() {
      return items.size() + prefixes.size();
    }

    JsonObject toJson(Resources resources, @Nullable String next) {
      JsonObject json = new JsonObject();
      json.addProperty("kind", "storage#objects");
      if (next != null) {
        json.addProperty("nextPageToken", token(next));
      }
      JsonArray names = new JsonArray();
      prefixes.forEach(names::add);
      if (!prefixes.isEmpty()) {
        json.add("prefixes", names);
      }
      JsonArray objects = new JsonArray();
      items.forEach(item -> objects.add(resources.object(item)));
      if (!items.isEmpty()) {
        json.add("items", objects);
      }
      return json;
    }
  }
}
