/** Fetching from many peers and serving many: which chunk from whom, when. */
@NullMarked
package io.cairn.transfer.swarm;

import org.jspecify.annotations.NullMarked;
