package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.config.ConfigSources;
import io.cairn.app.json.SettingJson;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the settings and their sources. */
@Command(name = "config", description = "List every setting with its value and source.")
public final class ConfigCommand implements Callable<Integer> {
    private final SessionSource source;

    public ConfigCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        for (ConfigSources.Setting setting : source.settings()) {
            source.output()
                    .data(setting.option() + " = " + Plain.line(setting.value()) + "  (" + setting.source() + ")");
            source.output().json(SettingJson.of(setting));
        }
        return 0;
    }
}
