/** Contacts, audiences, catalogues and codes as JSON. Knows the API and the writer; like it, one shape a type. */
@NullMarked
package io.cairn.app.json.people;

import org.jspecify.annotations.NullMarked;
