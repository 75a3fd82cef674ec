/** The way to the node of a data directory: over its socket, or by a start. It joins the server, the client and the starter of nodes. */
@NullMarked
package io.cairn.control.reach;

import org.jspecify.annotations.NullMarked;
