package io.cairn.app;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about a node; null, empty or false where it says nothing. As written, not yet checked.
 *
 * @param config the configuration file; it must exist
 * @param others all other options that the command line names, about transfers and output, by their names without dashes in front
 */
public record ConfigFlags(
        @Nullable String config,
        @Nullable String dataDirectory,
        @Nullable String port,
        List<String> bind,
        List<String> bootstrap,
        @Nullable String network,
        @Nullable String networkKeyFile,
        boolean noLan,
        Map<String, String> others) {
    /** Says nothing. */
    public static final ConfigFlags NONE =
            new ConfigFlags(null, null, null, List.of(), List.of(), null, null, false, Map.of());

    public ConfigFlags {
        bind = List.copyOf(bind);
        bootstrap = List.copyOf(bootstrap);
        others = Map.copyOf(others);
    }
}
