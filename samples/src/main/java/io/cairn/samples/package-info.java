/** Small programs to copy. */
@NullMarked
package io.cairn.samples;

import org.jspecify.annotations.NullMarked;
