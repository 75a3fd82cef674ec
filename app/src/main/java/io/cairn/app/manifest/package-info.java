/**
 * Manifests: those known here, those fetched from peers, and their export. It knows the run of a fetch, because peers are asked in the same
 * way.
 */
@NullMarked
package io.cairn.app.manifest;

import org.jspecify.annotations.NullMarked;
