/** People as JSON: contacts, for whom shares are, catalogues and codes. It knows the API and the writers of JSON. */
@NullMarked
package io.cairn.app.json.people;

import org.jspecify.annotations.NullMarked;
