/** Copies of a share that are brought up to date: what they hold already, and what an update saves. It knows no part files and no fetch. */
@NullMarked
package io.cairn.transfer.store.copy;

import org.jspecify.annotations.NullMarked;
