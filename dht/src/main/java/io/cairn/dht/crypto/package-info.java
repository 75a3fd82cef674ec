/** Key pairs, signatures and digests of nodes. It knows identifiers, and it alone knows BouncyCastle and AWS-LC in this module. */
@NullMarked
package io.cairn.dht.crypto;

import org.jspecify.annotations.NullMarked;
