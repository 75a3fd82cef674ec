/** Look-ups of nodes and searches for records, carried out with requests. It knows requests, but not who uses the result. */
@NullMarked
package io.cairn.dht.node.lookup;

import org.jspecify.annotations.NullMarked;
