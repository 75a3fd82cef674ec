/**
 * The queue of fetches: which run, wait or are retried, and what is stored for a later process. It knows runs, and no sockets or files.
 */
@NullMarked
package io.cairn.app.fetch;

import org.jspecify.annotations.NullMarked;
