package io.cairn.transfer.store.part;

import io.cairn.dht.env.Clock;
import io.cairn.testing.ManualClock;

/** A manual clock for stores. */
final class FakeClock extends ManualClock implements Clock {}
