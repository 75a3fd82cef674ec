/** Look-ups of nodes and searches for records, carried out with requests. It knows the requests, and not who wants the result. */
@NullMarked
package io.cairn.dht.node.lookup;

import org.jspecify.annotations.NullMarked;
