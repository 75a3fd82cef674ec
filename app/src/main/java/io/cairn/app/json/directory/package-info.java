/**
 * Services and values as JSON: announced, found, written and read. It knows the API's values and how objects are written and read.
 */
@NullMarked
package io.cairn.app.json.directory;

import org.jspecify.annotations.NullMarked;
