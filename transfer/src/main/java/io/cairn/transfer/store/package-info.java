/** What is on disk: shared files in place, partial files, and the state database (the only importer of SQLite). */
@NullMarked
package io.cairn.transfer.store;

import org.jspecify.annotations.NullMarked;
