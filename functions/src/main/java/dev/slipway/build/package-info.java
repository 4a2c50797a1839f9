/**
 * From a crate to an image: what a build is told, the build itself on Google's Cloud Build, what
 * came of it, and the size of the image.
 */
@NullMarked
package dev.slipway.build;

import org.jspecify.annotations.NullMarked;
