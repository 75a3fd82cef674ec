/**
 * Tracing of the DHT as decorators of its ports: the look-ups of a traced fetch, and their requests where they are asked and where they are
 * answered. A node without tracing loads none of them, and nothing below knows that they exist.
 */
@NullMarked
package io.cairn.dht.node.trace;

import org.jspecify.annotations.NullMarked;
