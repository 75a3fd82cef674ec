/** Identifiers of the 160-bit key space, and where nodes are. Pure values that know nothing else of the project. */
@NullMarked
package io.cairn.dht.id;

import org.jspecify.annotations.NullMarked;
