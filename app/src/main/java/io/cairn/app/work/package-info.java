/** What all work of a node shares: loop and workers, one owner for each hash, the reasons of failures. It knows the API's errors. */
@NullMarked
package io.cairn.app.work;

import org.jspecify.annotations.NullMarked;
