package io.cairn.app.fetch;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.testing.VirtualLoop;

/** The loop of a node in virtual time. */
public final class AppLoop extends VirtualLoop<Timer> implements Clock, Scheduler {
    @Override
    protected Timer timer(Runnable cancel) {
        return cancel::run;
    }
}
