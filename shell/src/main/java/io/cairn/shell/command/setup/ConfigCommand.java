package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.ConfigSources.Setting;
import io.cairn.app.json.SettingJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Shows the settings and their sources; its verbs read and write one of them. */
@Command(
        name = "config",
        synopsisSubcommandLabel = "[COMMAND]",
        description = "List every setting with its value and source, read one, or write one to the configuration file.")
public final class ConfigCommand implements Callable<Integer> {
    private final SessionSource source;

    private ConfigCommand(SessionSource source) {
        this.source = source;
    }

    /** The verb with its own verbs. */
    public static CommandLine with(SessionSource source) {
        return new CommandLine(new ConfigCommand(source))
                .addSubcommand(new ConfigGetCommand(source))
                .addSubcommand(new ConfigSetCommand(source))
                .addSubcommand(new ConfigListCommand(source));
    }

    @Override
    public Integer call() throws CairnException {
        return list(source);
    }

    static int list(SessionSource source) throws CairnException {
        for (Setting setting : source.configuration().settings()) {
            print(setting, source.output());
        }
        return 0;
    }

    static void print(Setting setting, Output output) {
        output.data(setting.option() + " = " + Plain.line(setting.value()) + "  (" + setting.source() + ")");
        output.json(SettingJson.of(setting));
    }
}
