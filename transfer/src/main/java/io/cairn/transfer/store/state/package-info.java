/** The state database: its tables and their rows. It knows the values it stores, and it alone knows JDBC. */
@NullMarked
package io.cairn.transfer.store.state;

import org.jspecify.annotations.NullMarked;
