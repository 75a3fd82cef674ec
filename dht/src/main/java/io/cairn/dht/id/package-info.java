/** Identifiers of the 160-bit space and where nodes are. Pure values. */
@NullMarked
package io.cairn.dht.id;

import org.jspecify.annotations.NullMarked;
