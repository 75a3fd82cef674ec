/** What each request does: a table of methods and paths, and the call of the node behind each. It knows the node, and no sockets. */
@NullMarked
package io.cairn.control.server.route;

import org.jspecify.annotations.NullMarked;
