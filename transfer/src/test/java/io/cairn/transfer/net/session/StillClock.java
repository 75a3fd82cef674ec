package io.cairn.transfer.net.session;

import io.cairn.dht.env.Clock;
import io.cairn.testing.ManualClock;

/** Time for sessions. */
final class StillClock extends ManualClock implements Clock {}
