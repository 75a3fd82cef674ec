package io.cairn.dht.node.record;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.env.RecordJournal;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Endpoint;
import io.cairn.testing.VirtualLoop;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A loop in virtual time and a network that leads nowhere. */
public final class ManualLoop extends VirtualLoop<Timer> implements Clock, Scheduler, Network {
    public Environment environment(@Nullable RecordJournal journal) {
        return new Environment(this, this, this, new SplittableRandom(1), journal);
    }

    @Override
    protected Timer timer(Runnable cancel) {
        return cancel::run;
    }

    @Override
    public void send(Endpoint to, Packet packet) {}

    @Override
    public void sendFromAnotherPort(Endpoint to, Packet packet) {}

    @Override
    public void sendToLocalNetwork(Packet packet) {}

    @Override
    public void listen(Receiver receiver) {}
}
