/** Builds in containers: the build's own Dockerfile, with docker, podman or buildah. */
@NullMarked
package dev.slipway.local.builds.container;

import org.jspecify.annotations.NullMarked;
