/** One node: the coordinator that holds the parts, and the interface other modules use. */
@NullMarked
package io.cairn.dht.node;

import org.jspecify.annotations.NullMarked;
