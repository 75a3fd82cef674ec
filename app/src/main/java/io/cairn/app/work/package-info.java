/** The basis of all work in a node: loop and workers, one owner per hash, reasons of failures. It knows the API's errors. */
@NullMarked
package io.cairn.app.work;

import org.jspecify.annotations.NullMarked;
