/** Identifiers of the 160-bit space, and contacts and endpoints of nodes. Pure values. */
@NullMarked
package io.cairn.dht.id;

import org.jspecify.annotations.NullMarked;
