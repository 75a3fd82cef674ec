/** The values of the API as JSON, one writer and one shape per type. It knows the API and Jackson, and no command. */
@NullMarked
package io.cairn.app.json;

import org.jspecify.annotations.NullMarked;
