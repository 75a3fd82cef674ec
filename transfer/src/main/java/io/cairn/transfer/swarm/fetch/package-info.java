/** One fetch: which chunk is next, from whom, and when the fetch is over. It knows peers and contents, and neither sockets nor files. */
@NullMarked
package io.cairn.transfer.swarm.fetch;

import org.jspecify.annotations.NullMarked;
