package io.cairn.app.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line's settings for a node, as written and unchecked; null, empty or false if absent.
 *
 * @param config the configuration file; it must exist
 * @param others all other options on the command line, for transfers and output, by name without leading dashes
 * @param marker what a face writes before the name of a setting
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
        Map<String, String> others,
        String marker) {
    /** No settings. */
    public static final ConfigFlags NONE =
            new ConfigFlags(null, null, null, List.of(), List.of(), null, null, false, Map.of(), "");

    public ConfigFlags {
        bind = List.copyOf(bind);
        bootstrap = List.copyOf(bootstrap);
        others = Map.copyOf(others);
    }
}
