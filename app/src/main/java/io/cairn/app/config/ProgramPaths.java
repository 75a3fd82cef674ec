package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.config.ConfigSources.Setting;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the program keeps its files.
 *
 * @param data the folder of the node
 * @param config the configuration file; null if nothing names a place for it
 * @param units the folder for the user's systemd units; null if nothing names a place for it
 */
public record ProgramPaths(
        Place data, @Nullable Place config, @Nullable Place units) {
    /** The files in the data directory. */
    private static final Map<String, String> OF_A_NODE = new TreeMap<>(Map.ofEntries(
            Map.entry("identity", "identity"),
            Map.entry("state", "cairn.db"),
            Map.entry("history", "history"),
            Map.entry("networks", JoinedNetworks.FOLDER),
            Map.entry("lock", "lock"),
            Map.entry("claim", "daemon.lock"),
            Map.entry("log", "daemon.log"),
            Map.entry("control", "control.sock"),
            Map.entry("pointer", "control.path"),
            Map.entry("token", "control.token"),
            Map.entry("metrics", "metrics.token")));

    /**
     * A file or folder, which need not exist.
     *
     * @param source the flag, the variable or the file that names it, {@code default}, or the name of the folder that it is in
     */
    public record Place(String name, Path path, String source) {
        public boolean exists() {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        }
    }

    public static ProgramPaths of(ConfigSources sources) throws CairnException {
        Setting data = sources.setting("data-dir");
        Path folder =
                ConfigSources.path("data-dir", data.value()).toAbsolutePath().normalize();
        Path units = Directories.base(sources.environment(), "XDG_CONFIG_HOME", sources.home(), ".config");
        return new ProgramPaths(
                new Place("data", folder, data.source()),
                config(sources),
                units == null
                        ? null
                        : new Place(
                                "units",
                                units.resolve("systemd/user"),
                                Directories.source(sources.environment(), "XDG_CONFIG_HOME")));
    }

    private static @Nullable Place config(ConfigSources sources) throws CairnException {
        String flag = sources.flags().config();
        String variable = sources.environment().getOrDefault("CAIRN_CONFIG", "");
        if (flag != null || !variable.isEmpty()) {
            Path named = ConfigSources.path("config", flag != null ? flag : variable);
            String source = flag != null ? sources.flags().marker() + "config" : "CAIRN_CONFIG";
            return new Place("config", named.toAbsolutePath().normalize(), source);
        }
        Path usual = sources.directories().configFile();
        return usual == null
                ? null
                : new Place("config", usual, sources.directories().configSource());
    }

    Path requireConfigFile() throws CairnException {
        if (config == null) {
            throw new CairnException(
                    Kind.OTHER,
                    "there is no place for a configuration file",
                    "neither HOME nor the system's list of users names a home directory",
                    "set HOME or CAIRN_HOME to an absolute path, or name a configuration file");
        }
        return config.path();
    }

    /** Every place of a node, the folder first. */
    public List<Place> all() {
        List<Place> all = new ArrayList<>();
        all.add(data);
        OF_A_NODE.forEach((name, file) -> all.add(new Place(name, data.path().resolve(file), data.name())));
        if (config != null) {
            all.add(config);
        }
        return all;
    }
}
