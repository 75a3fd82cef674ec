package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.config.ConfigSources.Setting;
import io.cairn.app.config.ProgramPaths.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The text of the systemd unit that runs a node for a user. */
final class ServiceUnit {
    static final String NAME = "cairn.service";

    /** Settings of the command that installs the service, not of the node. */
    private static final Set<String> OF_OUTPUT = Set.of("json", "quiet", "verbose", "color");

    private static final Set<String> FILES = Set.of("data-dir", "network-key-file", "trace-file");
    private static final Set<String> REPEATABLE = Set.of("bind", "bootstrap", "trace-peer");
    private static final Set<String> PLACES = Set.of("CAIRN_HOME", "CAIRN_CONFIG", "XDG_CONFIG_HOME", "XDG_DATA_HOME");
    private static final String COMMAND = "/usr/bin/cairn daemon";

    private ServiceUnit() {}

    /** The file of the unit, given the folder of the user's units. */
    static Place place(Place units) {
        return new Place("unit", units.path().resolve(NAME), units.source());
    }

    /**
     * The unit, with the options of the command line that installs it and with the variables that decide on settings and places: the
     * user's service manager does not know those of a terminal.
     *
     * @param config the configuration file named on the command line, or an empty text
     */
    static String text(List<Setting> settings, String config, Map<String, String> environment) throws CairnException {
        List<String> words = new ArrayList<>(List.of(launcher(), "daemon"));
        if (!config.isEmpty()) {
            words.add("--config=" + absolute(config));
        }
        for (Setting setting : settings) {
            if (setting.source().startsWith("--") && !OF_OUTPUT.contains(setting.option())) {
                words.addAll(words(setting));
            }
        }
        String command =
                words.stream().map(word -> quoted(word.replace("$", "$$"))).collect(Collectors.joining(" "));
        return template().replace(COMMAND, command + variables(settings, environment));
    }

    private static String variables(List<Setting> settings, Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>();
        for (String place : PLACES) {
            String value = environment.getOrDefault(place, "");
            if (!value.isEmpty()) {
                variables.put(place, place.equals("CAIRN_CONFIG") ? absolute(value) : value);
            }
        }
        for (Setting setting : settings) {
            String variable = setting.source();
            if (variable.startsWith("CAIRN_") && !PLACES.contains(variable) && !OF_OUTPUT.contains(setting.option())) {
                variables.put(
                        variable,
                        FILES.contains(setting.option())
                                ? absolute(setting.value())
                                : environment.getOrDefault(variable, ""));
            }
        }
        StringBuilder lines = new StringBuilder();
        variables.forEach((name, value) -> lines.append("\nEnvironment=").append(quoted(name + "=" + value)));
        return lines.toString();
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }

    private static List<String> words(Setting setting) {
        String name = "--" + setting.option();
        if (setting.typed() instanceof Boolean) {
            return List.of(name);
        }
        if (FILES.contains(setting.option())) {
            return List.of(name + "=" + absolute(setting.value()));
        }
        if (!REPEATABLE.contains(setting.option())) {
            return List.of(name + "=" + setting.value());
        }
        List<String> words = new ArrayList<>();
        for (String value : setting.value().split(", ", -1)) {
            words.add(name + "=" + value);
        }
        return words;
    }

    private static String launcher() throws CairnException {
        String launcher = System.getProperty("cairn.launcher", "");
        if (launcher.isEmpty()) {
            throw new CairnException(
                    Kind.OTHER,
                    "cannot install the service",
                    "this process was not started by the launcher, so the command for the service is unknown",
                    "run the launcher: cairn service install");
        }
        return launcher;
    }

    /** A word in a unit. Percent signs have a meaning there even within quotes, and dollar signs too in a command. */
    private static String quoted(String word) {
        String escaped = word.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("%", "%%");
        return escaped.matches("[A-Za-z0-9_./=:@+-]+") ? escaped : "\"" + escaped + "\"";
    }

    private static String template() {
        try (InputStream unit = Objects.requireNonNull(ServiceUnit.class.getResourceAsStream(NAME), NAME)) {
            return new String(unit.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("reading this program's own jar", broken);
        }
    }
}
