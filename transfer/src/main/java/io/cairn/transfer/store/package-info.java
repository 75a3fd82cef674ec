/** Storage on disk: shared files in place, partial files, and the state database. No other package uses SQLite. */
@NullMarked
package io.cairn.transfer.store;

import org.jspecify.annotations.NullMarked;
