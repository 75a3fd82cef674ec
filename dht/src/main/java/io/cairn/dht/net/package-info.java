/**
 * Adapters to the real world: UDP through Netty, the event loop and its workers, local discovery, the system clock. It knows the ports it
 * implements, and only the application constructs it.
 */
@NullMarked
package io.cairn.dht.net;

import org.jspecify.annotations.NullMarked;
