/** What is in an image, and what is known against it. */
@NullMarked
package dev.slipway.audit;

import org.jspecify.annotations.NullMarked;
