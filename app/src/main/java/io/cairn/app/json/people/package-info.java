/** Contacts, offers, catalogues and codes as JSON. It knows the API's values and how objects are written and read. */
@NullMarked
package io.cairn.app.json.people;

import org.jspecify.annotations.NullMarked;
