/** What both ends of the control interface agree on: header names, limits, and what requests hold. It knows the API and its JSON, and no library for HTTP. */
@NullMarked
package io.cairn.control.http;

import org.jspecify.annotations.NullMarked;
