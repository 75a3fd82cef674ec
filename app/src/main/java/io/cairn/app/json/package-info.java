/** What the API's values look like in JSON, written once for the command line and every other face. It knows the API and Jackson's generator, and opens no stream. */
@NullMarked
package io.cairn.app.json;

import org.jspecify.annotations.NullMarked;
