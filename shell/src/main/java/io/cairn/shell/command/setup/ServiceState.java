package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import java.util.HashMap;
import java.util.Map;

/**
 * What systemd says about the service.
 *
 * @param active such as {@code active}, {@code activating}, {@code failed}; {@code unknown} if it says nothing
 * @param sub the same in more detail: {@code auto-restart} after a process that ended, before the next
 * @param unitFile whether it starts at login: {@code enabled}, {@code disabled}
 * @param mainPid its process; 0 if there is none
 * @param exitStatus the code that its last process ended with
 * @param invocation the id of its last start, by which the journal knows what the process printed
 */
record ServiceState(String active, String sub, String unitFile, String mainPid, String exitStatus, String invocation) {
    private static final String ASKED =
            "--property=ActiveState,SubState,UnitFileState,MainPID,ExecMainStatus,InvocationID";

    static ServiceState ask(Systemctl systemctl) throws CairnException, InterruptedException {
        Map<String, String> told = new HashMap<>();
        systemctl.run("show", ASKED, ServiceUnit.NAME).output().lines().forEach(line -> {
            int equals = line.indexOf('=');
            told.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        return new ServiceState(
                told.getOrDefault("ActiveState", "unknown"),
                told.getOrDefault("SubState", ""),
                told.getOrDefault("UnitFileState", ""),
                told.getOrDefault("MainPID", "0"),
                told.getOrDefault("ExecMainStatus", "0"),
                told.getOrDefault("InvocationID", ""));
    }

    boolean isActive() {
        return active.equals("active");
    }

    boolean isEnabled() {
        return unitFile.startsWith("enabled");
    }

    /** Whether the process of the last start has ended. */
    boolean isOver() {
        return sub.startsWith("auto-restart") || active.equals("failed") || active.equals("inactive");
    }
}
