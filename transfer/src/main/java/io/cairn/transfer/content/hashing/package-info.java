/** Scans, reads and digests files on workers. It knows contents and manifests, and no database. */
@NullMarked
package io.cairn.transfer.content.hashing;

import org.jspecify.annotations.NullMarked;
