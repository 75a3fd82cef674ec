/** One fetch: which chunk is next, from which peer, and when the fetch is over. It knows peers and contents, but no sockets or files. */
@NullMarked
package io.cairn.transfer.swarm.fetch;

import org.jspecify.annotations.NullMarked;
