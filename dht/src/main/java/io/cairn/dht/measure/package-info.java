/**
 * Durations as the node counts them: one histogram, whose bounds all figures share. It knows nothing of clocks, networks or libraries for
 * metrics.
 */
@NullMarked
package io.cairn.dht.measure;

import org.jspecify.annotations.NullMarked;
