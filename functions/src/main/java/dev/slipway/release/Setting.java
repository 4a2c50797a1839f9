package dev.slipway.release;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a field of the policy means: read by whoever reads the document, and by the reference page.
 *
 * <p>Its key is the component's name, its type the component's, its default the component of the
 * record's {@code DEFAULT}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** What it means, one sentence or a part of one. */
  String value();

  /** What it is counted in; {@code "bytes"} makes a number a size such as {@code 30MB}. */
  String unit() default "";

  /** The least a number may be. */
  long min() default 0;

  /** The most a number may be. */
  long max() default Long.MAX_VALUE;

  /** A regular expression that text must match; empty for any. */
  String pattern() default "";

  /** That expression in words, as in "it must be ...". */
  String form() default "";

  /** Whether the fields of this section stand beside it, not in a table of its name. */
  boolean inline() default false;
}
