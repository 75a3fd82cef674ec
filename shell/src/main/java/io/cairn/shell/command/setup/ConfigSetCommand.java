package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.ConfigChange;
import io.cairn.app.config.ConfigSources;
import io.cairn.app.config.ConfigSources.Setting;
import io.cairn.shell.output.Output;
import io.cairn.shell.session.SessionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes one setting to the configuration file; a node that runs keeps the setting it started with. */
@Command(
        name = "set",
        description = {
            "Write one setting to the configuration file, for the next start.",
            "Comments and all other lines of the file stay as they are."
        })
final class ConfigSetCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "KEY", description = "The name of an option without dashes, like limit-up.")
    private String key = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "VALUE",
            description = "Its value; several for bind and bootstrap.")
    private List<String> values = new ArrayList<>();

    ConfigSetCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        ConfigSources configuration = source.configuration();
        Setting written = ConfigChange.set(configuration, key, values);
        Output output = source.output();
        ConfigCommand.print(written, output);
        String inEffect = configuration.setting(key).source();
        if (!inEffect.equals(written.source()) && !inEffect.equals("default")) {
            output.warning(inEffect + " takes precedence over the configuration file");
        }
        return 0;
    }
}
