package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.Contacts;
import io.cairn.app.FetchOptions;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeConfig.TraceSettings;
import io.cairn.app.NodeConfig.TransferSettings;
import io.cairn.app.Reason;
import io.cairn.dht.id.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sources of settings, in order of precedence: the command line, the environment, the configuration file, the defaults. They share
 * one name: option {@code --data-dir}, variable {@code CAIRN_DATA_DIR}, key {@code data-dir}. A variable separates several values by
 * commas. The file is read once, and only if it exists.
 */
public final class ConfigSources {
    static final Map<String, Form> OPTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("data-dir", Form.TEXT),
            Map.entry("port", Form.NUMBER),
            Map.entry("bind", Form.TEXT),
            Map.entry("bootstrap", Form.TEXT),
            Map.entry("network", Form.TEXT),
            Map.entry("network-key-file", Form.TEXT),
            Map.entry("no-lan", Form.SWITCH),
            Map.entry("fetches-at-once", Form.NUMBER),
            Map.entry("lookup-timeout", Form.NUMBER),
            Map.entry("stall-timeout", Form.NUMBER),
            Map.entry("limit-up", Form.TEXT),
            Map.entry("limit-down", Form.TEXT),
            Map.entry("limit-up-per-peer", Form.TEXT),
            Map.entry("limit-down-per-peer", Form.TEXT),
            Map.entry("limit-lan", Form.SWITCH),
            Map.entry("control", Form.TEXT),
            Map.entry("trace-file", Form.TEXT),
            Map.entry("trace-peer", Form.TEXT),
            Map.entry("json", Form.SWITCH),
            Map.entry("quiet", Form.SWITCH),
            Map.entry("verbose", Form.NUMBER),
            Map.entry("color", Form.TEXT)));
    private static final Set<String> COLORS = Set.of("auto", "always", "never");

    private final ConfigFlags flags;
    private final Map<String, String> environment;
    private final Directories directories;
    private final Map<String, List<String>> file;

    private final @Nullable Path home;

    private ConfigSources(
            ConfigFlags flags,
            Map<String, String> environment,
            @Nullable Path home,
            Directories directories,
            Map<String, List<String>> file) {
        this.flags = flags;
        this.environment = environment;
        this.home = home;
        this.directories = directories;
        this.file = file;
    }

    /**
     * Reads the configuration file if there is one.
     *
     * @param home the user's home directory; null if there is none
     * @throws CairnException of kind USAGE if the file is named but missing, or is malformed
     */
    public static ConfigSources read(ConfigFlags flags, Map<String, String> environment, @Nullable Path home)
            throws CairnException {
        Directories directories = Directories.of(environment, home);
        String named = flags.config() != null ? flags.config() : environment.get("CAIRN_CONFIG");
        if (named != null && !named.isEmpty()) {
            return new ConfigSources(
                    flags, environment, home, directories, ConfigFile.read(path("config", named), OPTIONS.keySet()));
        }
        Path configFile = directories.configFile();
        return new ConfigSources(
                flags,
                environment,
                home,
                directories,
                configFile != null && Files.exists(configFile)
                        ? ConfigFile.read(configFile, OPTIONS.keySet())
                        : Map.of());
    }

    /** The environment that the settings were read from. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The same sources with a configuration file of one setting, and nothing that goes before it. */
    ConfigSources withOnly(String option, List<String> values) {
        return new ConfigSources(ConfigFlags.NONE, Map.of(), home, directories, Map.of(option, values));
    }

    ConfigFlags flags() {
        return flags;
    }

    Directories directories() {
        return directories;
    }

    @Nullable
    Path home() {
        return home;
    }

    /**
     * Whether the output is colored: {@code auto}, {@code always} or {@code never}.
     *
     * @throws CairnException if it is something else
     */
    public String color() throws CairnException {
        String choice = first(flags.others().get("color"), "color");
        if (choice == null) {
            return "auto";
        }
        if (!COLORS.contains(choice)) {
            throw refused("color", choice, "it is auto, always or never");
        }
        return choice;
    }

    /** The setting in effect, with its source. */
    public Setting setting(String option) throws CairnException {
        for (Setting setting : settings()) {
            if (setting.option().equals(option)) {
                return setting;
            }
        }
        throw new CairnException(
                CairnException.Kind.USAGE,
                "there is no setting \"" + option + "\"",
                "known are: " + String.join(", ", OPTIONS.keySet()),
                "name one of these");
    }

    /** A single value from the environment or the file, by option name; null if neither has it. */
    public @Nullable String text(String option) {
        List<String> values = list(option, List.of());
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** Whether a boolean setting of the environment or the file is on. */
    public boolean isOn(String option) throws CairnException {
        String value = text(option);
        return value != null && onOrOff(option, value);
    }

    private static boolean onOrOff(String option, String value) throws CairnException {
        return truth(value).orElseThrow(() -> refused(option, value, "it is either true or false"));
    }

    private static Optional<Boolean> truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on" -> Optional.of(true);
            case "0", "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /**
     * The configuration of a node.
     *
     * @throws CairnException of kind USAGE that names the invalid setting
     */
    public NodeConfig nodeConfig() throws CairnException {
        String dataDirectory = first(flags.dataDirectory(), "data-dir");
        String port = first(flags.port(), "port");
        List<InetAddress> bind = new ArrayList<>();
        for (String address : list("bind", flags.bind())) {
            bind.add(address(address));
        }
        List<String> bootstrap = list("bootstrap", flags.bootstrap());
        for (String hostAndPort : bootstrap) {
            requireHostAndPort(hostAndPort);
        }
        String network = first(flags.network(), "network");
        String keyFile = first(flags.networkKeyFile(), "network-key-file");
        Path data = dataDirectory == null ? directories.requireData() : path("data-dir", dataDirectory);
        String name = network == null ? NodeConfig.DEFAULT_NETWORK : NetworkSettings.name(network);
        NodeConfig.Builder config = NodeConfig.builder(data);
        if (port != null) {
            config.port(portNumber(port));
        }
        return config.bind(bind)
                .bootstrap(bootstrap)
                .bootstrapSource(flags.marker() + "bootstrap")
                .network(name)
                .lan(!(flags.noLan() || isOn("no-lan")))
                .networkKeyFile(NetworkSettings.keyFile(keyFile, name, data))
                .transfer(transferSettings())
                .trace(traceSettings())
                .build();
    }

    private TraceSettings traceSettings() throws CairnException {
        String traceFile = first(flags.others().get("trace-file"), "trace-file");
        List<NodeId> peers = new ArrayList<>();
        List<String> contacts = new ArrayList<>();
        for (String peer : list("trace-peer", flagged("trace-peer"))) {
            if (Contacts.NODE_ID.matcher(peer).matches()) {
                peers.add(NodeId.fromHex(peer));
            } else {
                contacts.add(contact(peer));
            }
        }
        return new TraceSettings(traceFile == null ? null : path("trace-file", traceFile), peers, contacts);
    }

    private static String contact(String text) throws CairnException {
        try {
            return Contacts.checked(text);
        } catch (CairnException neither) {
            throw refused("trace-peer", text, "it is neither a node id of 40 hexadecimal digits nor a contact's name");
        }
    }

    /** The TCP address of the control interface, if one is set. */
    public Optional<InetSocketAddress> control() throws CairnException {
        return ControlAddress.of(first(flags.others().get("control"), "control"));
    }

    private TransferSettings transferSettings() throws CairnException {
        String atOnce = transfer("fetches-at-once");
        return new TransferSettings(
                atOnce == null ? TransferSettings.FETCHES_AT_ONCE : fetchesAtOnce(atOnce),
                rate("limit-up"),
                rate("limit-down"),
                rate("limit-up-per-peer"),
                rate("limit-down-per-peer"),
                transfer("limit-lan") == null ? null : onOrOff("limit-lan", String.valueOf(transfer("limit-lan"))));
    }

    /**
     * Every setting with its value and source, in alphabetical order of the options; unset ones have their default.
     *
     * @throws CairnException if a setting has no value because the user has no home directory
     */
    public List<Setting> settings() throws CairnException {
        List<Setting> settings = new ArrayList<>();
        for (String option : OPTIONS.keySet()) {
            List<String> flag = flagged(option);
            List<String> values = list(option, flag);
            if (values.isEmpty()) {
                String source = option.equals("data-dir") ? directories.dataSource() : "default";
                settings.add(new Setting(option, defaultOf(option), source));
            } else {
                String source = !flag.isEmpty()
                        ? flags.marker() + option
                        : environment.getOrDefault(variable(option), "").isEmpty()
                                ? "configuration file"
                                : variable(option);
                settings.add(new Setting(option, String.join(", ", values), source));
            }
        }
        return settings;
    }

    /**
     * How long a fetch waits.
     *
     * @param settings as {@link #settings} lists them
     * @param lookup what the command says instead; null if nothing
     * @param stall likewise
     * @throws CairnException of kind USAGE that names the invalid setting
     */
    public static FetchOptions.Timeouts timeouts(
            List<Setting> settings, @Nullable String lookup, @Nullable String stall) throws CairnException {
        return new FetchOptions.Timeouts(
                seconds(settings, "lookup-timeout", lookup), seconds(settings, "stall-timeout", stall));
    }

    private static int seconds(List<Setting> settings, String option, @Nullable String given) throws CairnException {
        String text = given != null
                ? given
                : settings.stream()
                        .filter(setting -> setting.option().equals(option))
                        .findFirst()
                        .orElseThrow()
                        .value();
        if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= FetchOptions.Timeouts.SECONDS_MAX) {
            return Integer.parseInt(text);
        }
        throw refused(option, text, "it is a number of seconds from 1 to " + FetchOptions.Timeouts.SECONDS_MAX);
    }

    /**
     * A setting and its source.
     *
     * @param source {@code default}, {@code configuration file}, or the name of the flag or variable
     */
    public record Setting(String option, String value, String source) {
        /** The value as a number or boolean if the option takes one and the text is one; otherwise the text. */
        public Object typed() {
            Form form = OPTIONS.getOrDefault(option, Form.TEXT);
            if (form == Form.NUMBER && value.matches("[0-9]{1,9}")) {
                return Long.parseLong(value);
            }
            return form == Form.TEXT
                    ? value
                    : truth(value).<Object>map(on -> on).orElse(value);
        }
    }

    /** What the value of an option is. A number may also be given as a switch: {@code verbose = true}. */
    enum Form {
        TEXT,
        NUMBER,
        SWITCH
    }

    private List<String> flagged(String option) {
        return switch (option) {
            case "data-dir" -> present(flags.dataDirectory());
            case "port" -> present(flags.port());
            case "bind" -> flags.bind();
            case "bootstrap" -> flags.bootstrap();
            case "network" -> present(flags.network());
            case "network-key-file" -> present(flags.networkKeyFile());
            case "no-lan" -> flags.noLan() ? List.of("true") : List.of();
            case "trace-peer" -> separated(flags.others().get(option));
            default -> present(flags.others().get(option));
        };
    }

    private String defaultOf(String option) throws CairnException {
        return switch (option) {
            case "data-dir" -> directories.requireData().toString();
            case "port" -> NodeConfig.DEFAULT_PORT + ", or the next that is free";
            case "bind" -> "all addresses";
            case "network" -> NodeConfig.DEFAULT_NETWORK;
            case "fetches-at-once" -> String.valueOf(TransferSettings.FETCHES_AT_ONCE);
            case "lookup-timeout" -> String.valueOf(FetchOptions.Timeouts.DEFAULT.lookupSeconds());
            case "stall-timeout" -> String.valueOf(FetchOptions.Timeouts.DEFAULT.stallSeconds());
            case "limit-up", "limit-down", "limit-up-per-peer", "limit-down-per-peer", "limit-lan" ->
                "last set with \"limit\"";
            case "color" -> "auto";
            case "network-key-file" -> joinedKeyFile();
            case "bootstrap", "control", "trace-file", "trace-peer" -> "none";
            default -> "false";
        };
    }

    /** The key file of a network that was joined takes no setting. */
    private String joinedKeyFile() throws CairnException {
        Path keyFile = nodeConfig().networkKeyFile();
        return keyFile == null ? NetworkSettings.NO_KEY : keyFile.toString();
    }

    private static List<String> present(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    private @Nullable String transfer(String option) {
        return first(flags.others().get(option), option);
    }

    private @Nullable Long rate(String option) throws CairnException {
        String text = transfer(option);
        if (text == null) {
            return null;
        }
        try {
            return Rate.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw refused(option, text, String.valueOf(malformed.getMessage()));
        }
    }

    private static int fetchesAtOnce(String text) throws CairnException {
        if (text.matches("[1-9][0-9]{0,2}")) {
            return Integer.parseInt(text);
        }
        throw refused("fetches-at-once", text, "it is a number from 1 to 999");
    }

    private @Nullable String first(@Nullable String flag, String option) {
        return flag != null ? flag : text(option);
    }

    private List<String> list(String option, List<String> flag) {
        if (!flag.isEmpty()) {
            return flag;
        }
        String variable = environment.get(variable(option));
        if (variable != null && !variable.isEmpty()) {
            return separated(variable);
        }
        return file.getOrDefault(option, List.of());
    }

    private static List<String> separated(@Nullable String values) {
        return values == null
                ? List.of()
                : Arrays.stream(values.split(",", -1)).map(String::strip).toList();
    }

    private static String variable(String option) {
        return "CAIRN_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static int portNumber(String text) throws CairnException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw refused("port", text, "a port is a number from 0 to 65535");
        }
        throw refused("port", text, "a port is a number from 0 to 65535");
    }

    private static InetAddress address(String text) throws CairnException {
        if (text.isBlank()) {
            throw refused("bind", text, "an address is missing");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw refused("bind", text, "it is not an address of this machine");
        }
    }

    private static void requireHostAndPort(String text) throws CairnException {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw refused("bootstrap", text, "it is not HOST:PORT");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw refused("bootstrap", text, "a port is 1 to 65535");
        }
    }

    static Path path(String option, String text) throws CairnException {
        if (text.isEmpty()) {
            throw refused(option, text, "a path is missing");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw refused(option, text, "it is not a path: " + invalid.getReason());
        }
    }

    static CairnException refused(String option, String value, String why) {
        return new CairnException(
                CairnException.Kind.USAGE,
                "cannot use " + option + " \"" + value + "\"",
                why,
                Reason.CORRECT_THE_SETTING
                        .says("correct the setting " + option + ", " + variable(option) + " or the configuration file")
                        .and("option", option)
                        .and("value", value)
                        .and("variable", variable(option)));
    }
}
