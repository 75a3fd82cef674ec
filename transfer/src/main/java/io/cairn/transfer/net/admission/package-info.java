/**
 * Decides which connections are admitted: strangers and sessions are counted per address and displaced when full. It knows addresses and
 * limits, and nothing of the messages.
 */
@NullMarked
package io.cairn.transfer.net.admission;

import org.jspecify.annotations.NullMarked;
