/**
 * The bytes of a share as chunks, and the choices that a user makes about them. It knows manifests and links, and reads no files itself.
 */
@NullMarked
package io.cairn.transfer.content;

import org.jspecify.annotations.NullMarked;
