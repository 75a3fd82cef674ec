/**
 * Named values and the names that point to shares: writes them in the name of this node and reads those of any node. It knows the hash table
 * and the stored state, and nothing of shares and fetches.
 */
@NullMarked
package io.cairn.app.values;

import org.jspecify.annotations.NullMarked;
