package io.cairn.transfer.swarm.port;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.testing.VirtualLoop;

/** The clock and the loop of all nodes of a test. */
public final class VirtualTime extends VirtualLoop<Timer> implements Clock, Scheduler {
    @Override
    protected Timer timer(Runnable cancel) {
        return cancel::run;
    }
}
