package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.Node.NodeInfo;
import io.cairn.app.config.ConfigFlags;
import io.cairn.dht.id.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command that starts a node, before or after the verb. */
public final class NodeOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of identity and state. Default: CAIRN_HOME, else the XDG data directory.")
    private @Nullable String dataDirectory;

    @Option(
            names = "--port",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "Port for UDP and TCP; 0 picks any. Default: 4747, or the next free one.")
    private @Nullable String port;

    @Option(
            names = "--bind",
            paramLabel = "ADDR",
            scope = ScopeType.INHERIT,
            description = "A local address to listen on. Repeatable. Default: all.")
    private List<String> bind = new ArrayList<>();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            scope = ScopeType.INHERIT,
            description = "A node to join the network through. Repeatable.")
    private List<String> bootstrap = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The network to join. Default: public.")
    private @Nullable String network;

    @Option(
            names = "--network-key-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Key of a private network; none for no key. Default: that of a network that was joined.")
    private @Nullable String networkKeyFile;

    @Option(names = "--no-lan", scope = ScopeType.INHERIT, description = "Do not look for nodes on the local network.")
    private boolean noLan;

    @Option(
            names = "--fetches-at-once",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "How many fetches run at once. Default: 4.")
    private @Nullable String fetchesAtOnce;

    @Option(
            names = "--limit-up",
            paramLabel = "RATE",
            scope = ScopeType.INHERIT,
            description = "Upload limit outside the local network, like 5MiB/s. See cairn limit.")
    private @Nullable String limitUp;

    @Option(
            names = "--limit-down",
            paramLabel = "RATE",
            scope = ScopeType.INHERIT,
            description = "Download limit outside the local network.")
    private @Nullable String limitDown;

    @Option(
            names = "--limit-up-per-peer",
            paramLabel = "RATE",
            scope = ScopeType.INHERIT,
            description = "Upload limit for each such peer.")
    private @Nullable String limitUpPerPeer;

    @Option(
            names = "--limit-down-per-peer",
            paramLabel = "RATE",
            scope = ScopeType.INHERIT,
            description = "Download limit for each such peer.")
    private @Nullable String limitDownPerPeer;

    @Option(
            names = "--limit-lan",
            scope = ScopeType.INHERIT,
            description = "Apply the limits on the local network too.")
    private boolean limitLan;

    @Option(
            names = "--control",
            paramLabel = "ADDR:PORT",
            scope = ScopeType.INHERIT,
            description =
                    "Also offer the control interface on this TCP address, to those who know the token in control.token.")
    private @Nullable String control;

    @Option(
            names = "--trace-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Write traces of fetches to this file, as OpenTelemetry's JSON.")
    private @Nullable String traceFile;

    @Option(
            names = "--trace-peer",
            paramLabel = "ID",
            scope = ScopeType.INHERIT,
            description = "A node whose traces to continue in the trace file: its id, or a contact. Repeatable.")
    private List<String> tracePeers = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration (TOML), one key for each of these options.")
    private @Nullable String config;

    /** @param others the other options on the command line, by name */
    public ConfigFlags flags(Map<String, String> others) {
        Map<String, String> named = new LinkedHashMap<>(others);
        put(named, "fetches-at-once", fetchesAtOnce);
        put(named, "limit-up", limitUp);
        put(named, "limit-down", limitDown);
        put(named, "limit-up-per-peer", limitUpPerPeer);
        put(named, "limit-down-per-peer", limitDownPerPeer);
        put(named, "limit-lan", limitLan ? "true" : null);
        put(named, "control", control);
        put(named, "trace-file", traceFile);
        put(named, "trace-peer", tracePeers.isEmpty() ? null : String.join(",", tracePeers));
        return new ConfigFlags(
                config, dataDirectory, port, bind, bootstrap, network, networkKeyFile, noLan, named, "--");
    }

    /**
     * The options of the command line that a running node cannot follow, and whether it differs from each: options of a node are set when
     * it starts.
     */
    Map<String, Boolean> differences(NodeInfo running) throws CairnException {
        Map<String, Boolean> differences = new LinkedHashMap<>();
        differences.put("port", port != null && !port.equals("0") && !port.equals(String.valueOf(running.port())));
        differences.put("network", network != null && !network.equals(running.network()));
        Path keyFile = running.networkKeyFile();
        differences.put(
                "network-key-file",
                networkKeyFile != null
                        && (networkKeyFile.equals("none")
                                ? keyFile != null
                                : keyFile == null
                                        || !Paths.of(networkKeyFile)
                                                .toAbsolutePath()
                                                .normalize()
                                                .equals(keyFile.toAbsolutePath().normalize())));
        differences.put("no-lan", noLan && running.lan());
        differences.put(
                "bind",
                !running.bind()
                        .containsAll(bind.stream().map(Endpoint::parseAddress).toList()));
        differences.put(
                "bootstrap", !bootstrap.isEmpty() && !running.bootstrap().containsAll(bootstrap));
        differences.put("control", control != null);
        differences.put("fetches-at-once", fetchesAtOnce != null);
        differences.put("limit-up", limitUp != null);
        differences.put("limit-down", limitDown != null);
        differences.put("limit-up-per-peer", limitUpPerPeer != null);
        differences.put("limit-down-per-peer", limitDownPerPeer != null);
        differences.put("limit-lan", limitLan);
        differences.put("trace-file", traceFile != null);
        differences.put("trace-peer", !tracePeers.isEmpty());
        return differences;
    }

    private static void put(Map<String, String> options, String name, @Nullable String value) {
        if (value != null) {
            options.put(name, value);
        }
    }
}
