package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.app.Operation;
import io.cairn.app.doctor.machine.DataDirectoryCheck;
import io.cairn.app.doctor.machine.DiskCheck;
import io.cairn.app.doctor.machine.HashingCheck;
import io.cairn.app.doctor.machine.MemoryCheck;
import io.cairn.app.doctor.machine.OpenFilesCheck;
import io.cairn.app.network.SilentBootstrap;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.LocalOperation;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.net.LocalAddresses;
import io.cairn.dht.net.OwnGreeting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Examines a node: what its peers see of it, its clock, the networks nearby, and the machine it runs on. Each check ends within five seconds,
 * all of them within eight. Confined to the loop; what blocks runs on workers.
 */
public final class Doctor {
    private static final String NO_WORKER =
            "this node's workers are busy or a disk does not answer: try again, and look at the disks";

    /** For a node that has just started, until its peers are asked: answers to its first greetings take milliseconds. */
    private static final long JOIN_MILLIS = 2_000;

    private final Patient patient;

    private Doctor(Patient patient) {
        this.patient = patient;
    }

    /** Begins to examine a node. Any thread. The result holds all checks in a fixed order; it fails only if the node is closed. */
    public static Operation<Check, List<Check>> examine(Patient patient) {
        Broadcast<Check> checks = new Broadcast<>(patient.work(), Check::name);
        return new LocalOperation<>(checks, patient.work().onLoop(() -> new Doctor(patient).visit(checks::tell)));
    }

    private CompletableFuture<List<Check>> visit(Consumer<? super Check> found) {
        Visit visit = new Visit(patient.work().scheduler());
        CompletableFuture<List<Check>> ofMachine = visit.make(machine(), found);
        return hasTriedToJoin()
                .thenCompose(tried -> visit.make(network(), found))
                .thenCombine(
                        ofMachine,
                        (network, machine) -> Stream.concat(network.stream(), machine.stream())
                                .toList());
    }

    /** A node that has just started knows no peer yet. */
    private CompletableFuture<Boolean> hasTriedToJoin() {
        Scheduler loop = patient.work().scheduler();
        CompletableFuture<Boolean> tried = new CompletableFuture<>();
        Timer timer = loop.schedule(JOIN_MILLIS, () -> tried.complete(false));
        CompletableFuture<Integer> unused = patient.joined()
                .whenComplete((contacts, closed) -> loop.execute(() -> {
                    timer.cancel();
                    tried.complete(true);
                }));
        return tried;
    }

    private List<Examination> network() {
        List<Examination> examinations = new ArrayList<>(node());
        examinations.addAll(reach());
        return examinations;
    }

    private List<Examination> node() {
        return List.of(
                Examination.now(
                        PortCheck.PORT,
                        () -> List.of(
                                PortCheck.port(
                                        patient.config(), patient.sockets().port()),
                                PortCheck.discovery(
                                        patient.config(),
                                        patient.sockets().datagrams().isFoundOnLocalNetwork()))),
                Examination.now(
                        ClockCheck.NAME,
                        () -> List.of(ClockCheck.judge(
                                patient.dht().peerClocksAheadMillis(),
                                patient.dht().misfits()))),
                Examination.now(
                        NearbyCheck.NAME,
                        () -> List.of(NearbyCheck.judge(
                                patient.config().network(),
                                patient.network().keys(),
                                patient.dht().contacts().size(),
                                patient.dht().misfits()))));
    }

    /** The disk comes last: it may keep a worker for long. */
    private List<Examination> machine() {
        Path folder = patient.config().dataDirectory();
        return List.of(
                onWorker(OpenFilesCheck.NAME, OpenFilesCheck::examine),
                onWorker(MemoryCheck.NAME, MemoryCheck::examine),
                onWorker(HashingCheck.NAME, HashingCheck::examine),
                onWorker(DataDirectoryCheck.NAME, () -> DataDirectoryCheck.examine(folder)),
                onWorker(DiskCheck.NAME, () -> DiskCheck.examine(folder)));
    }

    private List<Examination> reach() {
        LocalAddresses own = patient.surroundings().seen();
        int port = patient.sockets().port();
        List<String> troubles = patient.bootstraps().silent().stream()
                .map(SilentBootstrap::trouble)
                .toList();
        Reach reach = Reach.begin(patient);
        return List.of(
                examination(
                        InterfaceCheck.NAME,
                        greetings(own).thenApply(greetings -> InterfaceCheck.judge(greetings, own.isOnNetwork()))),
                examination(ReachCheck.UDP, reach.udp().thenCombine(reach.tcp(), (udp, tcp) -> {
                    ReachCheck check = new ReachCheck(ReachCheck.UDP, port, AddressCheck.isTranslated(own, udp));
                    return List.of(udp.isEmpty() ? check.alone(troubles, tcp) : check.judge(udp));
                })),
                examination(ReachCheck.TCP, reach.udp().thenCombine(reach.tcp(), (udp, tcp) -> {
                    ReachCheck check = new ReachCheck(ReachCheck.TCP, port, AddressCheck.isTranslated(own, udp));
                    return List.of(udp.isEmpty() ? check.alone(troubles, tcp) : check.judge(tcp));
                })),
                examination(
                        AddressCheck.NAT,
                        reach.udp()
                                .thenApply(udp -> List.of(
                                        AddressCheck.nat(own, port, udp),
                                        AddressCheck.addresses(
                                                patient.surroundings().addresses(), udp)))));
    }

    private CompletableFuture<List<OwnGreeting>> greetings(LocalAddresses own) {
        int ways = OwnGreeting.Way.values().length * own.interfaces();
        CompletableFuture<List<OwnGreeting>> onLoop = new CompletableFuture<>();
        CompletableFuture<List<OwnGreeting>> unused = patient.sockets()
                .datagrams()
                .hearOwn(patient.config().lan() ? patient.dht().sealGreetings(ways) : List.of())
                .whenComplete((greetings, failure) -> patient.work()
                        .scheduler()
                        .execute(() -> onLoop.complete(failure == null ? greetings : List.of())));
        return onLoop;
    }

    private static Examination examination(String name, CompletableFuture<List<Check>> running) {
        return new Examination(name, "try again", () -> running);
    }

    private Examination onWorker(String name, Supplier<Check> look) {
        return new Examination(name, NO_WORKER, () -> patient.work().offload(() -> List.of(look.get())));
    }
}
