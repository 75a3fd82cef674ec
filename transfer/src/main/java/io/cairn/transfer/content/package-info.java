/** Files as chunks: the manifest, its encodings, and how files are cut and checked. No sockets. */
@NullMarked
package io.cairn.transfer.content;

import org.jspecify.annotations.NullMarked;
