/**
 * Manifests known here or fetched from peers, and their export. It knows the run of a fetch, since both query peers in the same way.
 */
@NullMarked
package io.cairn.app.manifest;

import org.jspecify.annotations.NullMarked;
