package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.ConfigSources.Setting;
import io.cairn.app.json.SettingJson;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one setting: only its value, for scripts. */
@Command(name = "get", description = "Print the value of one setting.")
final class ConfigGetCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "KEY", description = "The name of an option without dashes, like limit-up.")
    private String key = "";

    ConfigGetCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        Setting setting = source.configuration().setting(key);
        source.output().data(Plain.line(setting.value()));
        source.output().json(SettingJson.of(setting));
        return 0;
    }
}
