/** What a share is: its manifest, the paths within it, and both as bencode. It knows identifiers and signatures, and reads no files. */
@NullMarked
package io.cairn.transfer.content.manifest;

import org.jspecify.annotations.NullMarked;
