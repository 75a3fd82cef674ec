/** Keys and signatures; the only importer of BouncyCastle in this module. */
@NullMarked
package io.cairn.dht.crypto;

import org.jspecify.annotations.NullMarked;
