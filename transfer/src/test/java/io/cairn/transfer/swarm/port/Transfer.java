package io.cairn.transfer.swarm.port;

import io.cairn.transfer.swarm.port.MemoryNetwork.End;
import io.cairn.transfer.swarm.port.MemoryNetwork.Node;

/** A message or a chunk on its way, some bytes in each turn. */
final class Transfer {
    private static final int TURNS_ON_THE_WAY_MAX = 8;

    private final MemoryNetwork network;
    final End end;
    private final Runnable sentAll;
    private final Runnable arrival;
    int bytesLeft;
    private int turnsOnTheWay;
    private boolean waits;

    Transfer(MemoryNetwork network, End end, int bytes, Runnable sentAll, Runnable arrival) {
        this.network = network;
        this.end = end;
        this.bytesLeft = bytes;
        this.sentAll = sentAll;
        this.arrival = arrival;
    }

    void left(int bytes) {
        if (end.self.vanished || end.peer.vanished) {
            return;
        }
        bytesLeft -= bytes;
        end.sent += bytes;
        end.self.sentBytes += bytes;
        turnsOnTheWay++;
        boolean last = bytesLeft == 0;
        Node to = end.peer;
        long delayMillis = network.weather.delayMillis(end.self.endpoint, to.endpoint);
        to.downFreeAtMillis = Math.max(to.downFreeAtMillis, (double) network.clock.monotonicMillis() + 1)
                + (double) bytes / to.bytesPerMilli;
        if (delayMillis == Weather.NEVER) {
            end.isLost = true;
        } else if (!end.isLost) {
            end.arrivedAtMillis = Math.max(end.arrivedAtMillis, to.downFreeAtMillis + delayMillis - 1);
            to.at(end.arrivedAtMillis, () -> arrived(bytes, last));
        }
        if (last) {
            sentAll.run();
            end.next();
        } else if (turnsOnTheWay < TURNS_ON_THE_WAY_MAX) {
            end.self.ready.addLast(this);
        } else {
            waits = true;
        }
    }

    private void arrived(int bytes, boolean last) {
        turnsOnTheWay--;
        End other = end.to();
        if (other.closed || end.self.vanished || end.peer.vanished) {
            return;
        }
        other.received += bytes;
        other.self.receivedBytes += bytes;
        other.self.receivedAtMillis = network.clock.monotonicMillis();
        if (last) {
            arrival.run();
        } else if (waits) {
            waits = false;
            end.self.transmit(this);
        }
    }
}
