package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.config.ConfigSources.Form;
import io.cairn.app.config.ConfigSources.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A setting to write into the configuration file, checked by the code that reads it. */
public final class ConfigChange {
    private static final Set<String> REPEATABLE = Set.of("bind", "bootstrap");
    private static final String SOURCE = "configuration file";

    private ConfigChange() {}

    /**
     * Writes one setting; the file and its folder are created if they are missing.
     *
     * @param values several only for an option that may be repeated
     * @return what the file says now; what is in effect may be set elsewhere
     * @throws CairnException of kind USAGE if the option is unknown or the value invalid
     */
    public static Setting set(ConfigSources sources, String option, List<String> values) throws CairnException {
        sources.setting(option);
        if (values.size() != 1 && !REPEATABLE.contains(option)) {
            throw ConfigSources.refused(option, String.join(" ", values), "it takes one value");
        }
        check(sources.withOnly(option, values), option);
        List<String> toml = values.stream().map(value -> toml(option, value)).toList();
        List<String> texts = toml.get(0).startsWith("\"") ? values : toml;
        Path file = ProgramPaths.of(sources).requireConfigFile();
        ConfigEdit.set(
                file,
                ConfigSources.OPTIONS.keySet(),
                option,
                toml.size() == 1 ? toml.get(0) : "[" + String.join(", ", toml) + "]",
                texts);
        return new Setting(option, String.join(", ", values), SOURCE);
    }

    private static void check(ConfigSources candidate, String option) throws CairnException {
        candidate.nodeConfig();
        candidate.color();
        if (ConfigSources.OPTIONS.get(option) == Form.SWITCH || option.equals("verbose")) {
            candidate.isOn(option);
        }
    }

    private static String toml(String option, String value) {
        Object typed = new Setting(option, value, SOURCE).typed();
        return typed instanceof String text ? ConfigEdit.quoted(text) : String.valueOf(typed);
    }
}
