package io.cairn.app.doctor;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.net.LocalAddresses;
import io.cairn.transfer.swarm.port.PeerId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks a few peers on other machines to reach this node, the farthest first, all at once. One for each visit; on the loop. */
final class Reach {
    /** Peers asked: two may be silent or old. */
    static final int HELPERS_MAX = 3;

    /** Until a peer counts as silent. */
    private static final long PATIENCE_MILLIS = 4_300;

    private final CompletableFuture<List<Attempt>> udp;
    private final CompletableFuture<List<Attempt>> tcp;

    private Reach(CompletableFuture<List<Attempt>> udp, CompletableFuture<List<Attempt>> tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    /** If no peer answers by UDP, the bootstrap nodes that you named are asked by TCP: their answer shows that UDP is filtered. */
    static Reach begin(Patient patient) {
        Scheduler scheduler = patient.work().scheduler();
        List<Contact> helpers =
                helpers(patient.dht().contacts(), patient.surroundings().seen());
        List<CompletableFuture<Attempt>> udp = helpers.stream()
                .map(helper -> within(
                        scheduler,
                        helper.endpoint(),
                        patient.dht()
                                .dialBack(helper, patient.sockets().port())
                                .toCompletableFuture()
                                .thenApply(Attempt::of)))
                .toList();
        Stream<CompletableFuture<Attempt>> tcp = helpers.isEmpty()
                ? patient.bootstraps().silent().stream()
                        .flatMap(bootstrap -> bootstrap.endpoints().stream())
                        .filter(endpoint -> isElsewhere(
                                endpoint.address(), patient.surroundings().seen()))
                        .limit(HELPERS_MAX)
                        .map(endpoint -> within(
                                scheduler,
                                endpoint,
                                patient.swarm().dialBack(null, endpoint).thenApply(Attempt::of)))
                : helpers.stream()
                        .map(helper -> within(
                                scheduler,
                                helper.endpoint(),
                                patient.swarm()
                                        .dialBack(PeerId.of(helper.id()), helper.endpoint())
                                        .thenApply(Attempt::of)));
        return new Reach(all(udp), all(tcp.toList()));
    }

    /** Empty if no peer on another machine answers. */
    CompletableFuture<List<Attempt>> udp() {
        return udp;
    }

    CompletableFuture<List<Attempt>> tcp() {
        return tcp;
    }

    /** Contacts on other machines, one for each address, the farthest first. */
    static List<Contact> helpers(List<Contact> contacts, LocalAddresses own) {
        List<Contact> elsewhere = new ArrayList<>();
        Set<InetAddress> seen = new HashSet<>();
        for (Contact contact : contacts) {
            InetAddress address = contact.endpoint().address();
            if (isElsewhere(address, own) && seen.add(address)) {
                elsewhere.add(contact);
            }
        }
        elsewhere.sort(Comparator.comparing(
                        (Contact contact) -> AddressScope.of(contact.endpoint().address()))
                .reversed());
        return elsewhere.subList(0, Math.min(HELPERS_MAX, elsewhere.size()));
    }

    private static boolean isElsewhere(InetAddress address, LocalAddresses own) {
        return !address.isLoopbackAddress() && !own.contains(address);
    }

    private static CompletableFuture<Attempt> within(
            Scheduler scheduler, Endpoint helper, CompletableFuture<Attempt> attempt) {
        CompletableFuture<Attempt> result = new CompletableFuture<>();
        Scheduler.Timer timer = scheduler.schedule(PATIENCE_MILLIS, () -> result.complete(Attempt.silent(helper)));
        CompletableFuture<Attempt> unused = attempt.whenComplete((ended, failure) -> {
            timer.cancel();
            result.complete(failure == null ? ended : Attempt.silent(helper));
        });
        return result;
    }

    private static CompletableFuture<List<Attempt>> all(List<CompletableFuture<Attempt>> attempts) {
        return CompletableFuture.allOf(attempts.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        done -> attempts.stream().map(CompletableFuture::join).toList());
    }
}
