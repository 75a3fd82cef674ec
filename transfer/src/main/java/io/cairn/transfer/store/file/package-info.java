/** Files as such: handles, writes past the cache, free space, names that disks refuse. It knows contents, and nothing of fetches. */
@NullMarked
package io.cairn.transfer.store.file;

import org.jspecify.annotations.NullMarked;
