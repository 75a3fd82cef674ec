/** Keys and signatures; the only package in this module that imports BouncyCastle. */
@NullMarked
package io.cairn.dht.crypto;

import org.jspecify.annotations.NullMarked;
