/** HTTP over Unix domain sockets and TCP; the only importer of Netty on the server's side. It bounds what strangers send, and knows no route. */
@NullMarked
package io.cairn.control.server.wire;

import org.jspecify.annotations.NullMarked;
