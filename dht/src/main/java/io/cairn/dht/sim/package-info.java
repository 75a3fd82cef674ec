/** A network of nodes in virtual time, from one seed. */
@NullMarked
package io.cairn.dht.sim;

import org.jspecify.annotations.NullMarked;
