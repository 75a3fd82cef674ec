/**
 * What both ends of the control interface agree on: names of headers, limits, and
 * the status of the process. It knows the API's JSON, and no library for HTTP.
 */
@NullMarked
package io.cairn.control.http;

import org.jspecify.annotations.NullMarked;
