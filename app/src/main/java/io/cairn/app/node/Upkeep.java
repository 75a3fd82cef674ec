package io.cairn.app.node;

import io.cairn.app.share.Shares;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.store.state.PeerTable;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a node does again and again: looks at the files of its shares and stores its peers for the next start. On the loop. */
final class Upkeep {
    private static final long PEERS_MILLIS = 30_000;
    private static final int REMEMBERED_PEERS = 50;
    private static final long SHARES_MILLIS = 1_000;

    private final Work work;
    private final Clock clock;
    private final Dht dht;
    private final Shares shares;
    private final PeerTable peers;
    private boolean isClosed;

    Upkeep(Work work, Clock clock, Dht dht, Shares shares, PeerTable peers) {
        this.work = work;
        this.clock = clock;
        this.dht = dht;
        this.shares = shares;
        this.peers = peers;
    }

    /** Looks every second at the shares in folders that the system reports as changed, and for files that returned. */
    void watchShares() {
        work.scheduler().schedule(SHARES_MILLIS, () -> {
            if (!isClosed) {
                shares.rounds().lookAtTouched();
                shares.returns().look();
                watchShares();
            }
        });
    }

    /** Where the peers of earlier runs were, the latest first. On the loop. */
    CompletableFuture<List<Endpoint>> rememberedPeers() {
        return work.offload(() -> peers.latest(REMEMBERED_PEERS).stream()
                .map(peer -> peer.contact().endpoint())
                .toList());
    }

    /** Stores the peers, looks at the files of all shares and after their secrets, now and every half minute. */
    void rememberPeers() {
        if (isClosed) {
            return;
        }
        List<Contact> contacts = dht.contacts();
        Work.watch(
                work.offload(() -> {
                    peers.seen(contacts, clock.wallMillis());
                    return contacts;
                }),
                "looking after peers");
        shares.rounds().lookForChanges();
        shares.audiences().renewals().look();
        work.scheduler().schedule(PEERS_MILLIS, this::rememberPeers);
    }

    void close() {
        isClosed = true;
    }
}
