package io.cairn.samples.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The classes of all modules without their tests, read once. */
final class ProductionClasses {
    /** Base package of each module, innermost first. */
    static final List<String> MODULES = List.of(
            "io.cairn.dht", "io.cairn.transfer", "io.cairn.app", "io.cairn.sim", "io.cairn.shell", "io.cairn.samples");

    /** What runs on the loop that owns a node, on a machine or in the simulator: it waits for nothing and locks nothing. */
    static final String[] LOOP = {
        "io.cairn.dht.id..",
        "io.cairn.dht.crypto..",
        "io.cairn.dht.wire..",
        "io.cairn.dht.kad..",
        "io.cairn.dht.ring..",
        "io.cairn.dht.node..",
        "io.cairn.transfer.protocol..",
        "io.cairn.transfer.swarm..",
        "io.cairn.sim.network..",
        "io.cairn.sim.kademlia..",
        "io.cairn.sim.chord.."
    };

    /** The same and {@code content}, which reads and hashes files on workers: no clock, no chance, no socket of its own. */
    static final String[] CORE = {
        "io.cairn.dht.id..",
        "io.cairn.dht.crypto..",
        "io.cairn.dht.wire..",
        "io.cairn.dht.kad..",
        "io.cairn.dht.ring..",
        "io.cairn.dht.node..",
        "io.cairn.transfer.content..",
        "io.cairn.transfer.protocol..",
        "io.cairn.transfer.swarm..",
        "io.cairn.sim.network..",
        "io.cairn.sim.kademlia..",
        "io.cairn.sim.chord.."
    };

    /** Packages that the Protocol Buffers compiler writes. */
    static final String GENERATED = "..proto..";

    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/io/cairn/testing/"))
            .importPackages("io.cairn");

    private ProductionClasses() {}
}
