/**
 * Looks whether an environment is as it must be. What is asked is plain HTTP; what is thought of the
 * answer is pure: an {@code Answer} in, {@code Check}s out.
 */
@NullMarked
package dev.slipway.cli.doctor;

import org.jspecify.annotations.NullMarked;
