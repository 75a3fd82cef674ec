package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.ConfigSources;
import io.cairn.app.config.ProgramPaths;
import io.cairn.app.config.ProgramPaths.Place;
import io.cairn.control.http.ProcessStatus;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Writes the unit and starts it. */
@Command(
        name = "install",
        description = {
            "Start a node now and at each login, with the options and CAIRN_ variables given here.",
            "Installing again replaces the options and restarts the node."
        })
final class ServiceInstallCommand implements Callable<Integer> {
    private static final String WHAT = "cannot install the service";

    private final SessionSource source;

    ServiceInstallCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException, InterruptedException {
        ConfigSources configuration = source.configuration();
        configuration.nodeConfig();
        Systemctl systemctl = Systemctl.find(WHAT, configuration.environment());
        Place unit = ServiceCommand.unit(WHAT, source);
        refuseBesideAnotherDaemon(systemctl);
        write(
                unit.path(),
                ServiceUnit.text(configuration.settings(), flaggedConfig(configuration), configuration.environment()));
        systemctl.must("daemon-reload");
        systemctl.must("enable", ServiceUnit.NAME);
        systemctl.must("restart", ServiceUnit.NAME);
        source.output().stage("installed", unit.path().toString());
        ProcessStatus process = ServiceStart.await(source, systemctl);
        source.output().note("the node runs: process " + process.pid() + ", port " + process.port());
        source.output().note("The node runs while you are logged in; loginctl enable-linger keeps it running.");
        return ServiceStatusCommand.print(systemctl, unit, source.output());
    }

    /** The service could not start beside another daemon; any other process hands its node over. */
    private void refuseBesideAnotherDaemon(Systemctl systemctl) throws CairnException, InterruptedException {
        Optional<ProcessStatus> running = source.process().filter(ProcessStatus::isDaemon);
        if (running.isEmpty()) {
            return;
        }
        String pid = String.valueOf(running.get().pid());
        if (!ServiceState.ask(systemctl).mainPid().equals(pid)) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    WHAT,
                    "process " + pid + " runs the node of this data directory",
                    "stop it first: cairn stop");
        }
    }

    private static String flaggedConfig(ConfigSources configuration) throws CairnException {
        Place config = ProgramPaths.of(configuration).config();
        return config != null && config.source().startsWith("--")
                ? config.path().toString()
                : "";
    }

    private static void write(Path unit, String text) throws CairnException {
        try {
            Path folder = unit.resolveSibling(".").normalize();
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, ".cairn", ".service");
            try {
                Files.writeString(written, text);
                Files.move(written, unit, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException failure) {
            throw ServiceCommand.unwritable(WHAT, unit, failure);
        }
    }
}
