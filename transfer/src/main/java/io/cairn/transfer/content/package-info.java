/** Manifests, their encodings, and how files are scanned, split into chunks and verified. Knows files on disk, but no sockets. */
@NullMarked
package io.cairn.transfer.content;

import org.jspecify.annotations.NullMarked;
