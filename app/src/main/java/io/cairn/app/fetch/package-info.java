/**
 * The queue of fetches: which run, which wait, which are retried, and what a later process is told. It knows runs, and no sockets or files.
 */
@NullMarked
package io.cairn.app.fetch;

import org.jspecify.annotations.NullMarked;
