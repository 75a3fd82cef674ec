package io.cairn.shell.output;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.Reason;

/** Words failures for the command line: with its flags and verbs where the API's text has none. */
final class CommandWords {
    private CommandWords() {}

    static String what(CairnException failure) {
        return failure.reason() == Reason.CHOOSE_OTHER_FILES
                ? "nothing in this share fits --only " + failure.facts().get("patterns")
                : String.valueOf(failure.getMessage());
    }

    /**
     * The next step in a shell, whose verbs greet a node and whose options do not; elsewhere as {@link #next(CairnException)}.
     *
     * @param shell whether the command was given in a shell
     */
    static String next(CairnException failure, boolean shell) {
        if (shell && failure.reason() == Reason.BOOTSTRAP_ANSWERS_NOT) {
            return "check that address and that cairn runs there, or greet another node with: connect HOST:PORT";
        }
        if (shell && failure.reason() == Reason.NAME_A_BOOTSTRAP) {
            return "check that the sharing machine runs cairn in the same network, or greet it with: connect HOST:PORT";
        }
        return next(failure);
    }

    static String next(CairnException failure) {
        return next(failure.advice());
    }

    static String next(Advice advice) {
        return switch (advice.reason()) {
            case CORRECT_THE_SETTING ->
                "correct --" + advice.facts().get("option") + ", "
                        + advice.facts().get("variable") + " or the configuration file; see cairn --help";
            case CORRECT_THE_CONFIGURATION_FILE -> "correct the file, or name another one with --config";
            case CHECK_THE_NETWORK_KEY -> "check --network-key-file";
            case REPLACE_THE_NETWORK_KEY ->
                "see its invite with: cairn network invite NAME; or add a second key with --rotate, until all members have it";
            case RETIRE_THE_NETWORK_KEY ->
                "once all members have the new key, remove the old one with: cairn network retire NAME";
            case LIST_THE_NETWORKS -> "see which were joined with: cairn network list";
            case NAME_A_DATA_DIRECTORY ->
                "set HOME or CAIRN_HOME to an absolute path, or name a folder with --data-dir DIR";
            case USE_ANOTHER_DATA_DIRECTORY ->
                "stop that one, with cairn stop or by its process id, or name another folder with --data-dir DIR";
            case STOP_THE_OTHER_VERSION -> "stop that node with: cairn stop";
            case STOP_THE_NODE ->
                "leave out --" + advice.facts().get("option")
                        + ", stop the node first (cairn stop), or name another folder with --data-dir DIR";
            case START_THE_NEWER_VERSION -> "start that version, or name another folder with --data-dir DIR";
            case START_A_NODE_THERE -> "start a node on it first, or name another folder with --data-dir DIR";
            case MAKE_THE_STATE_ACCESSIBLE ->
                "make it readable and writable for this user, or name another folder with --data-dir DIR";
            case CHOOSE_ANOTHER_PORT ->
                "choose another port with --port N (0 picks a free one), or check the addresses given with --bind";
            case JOIN_THE_SAME_NETWORK ->
                "give both machines the same --network and --network-key-file, and run the same command again";
            case GET_THE_NETWORK_KEY ->
                "ask a member for its invite (cairn network invite NAME) and join with: cairn network join INVITE; or leave"
                        + " out --network and --network-key-file";
            case BOOTSTRAP_ANSWERS_NOT ->
                "check that address and that cairn runs there, or name another node with --bootstrap HOST:PORT";
            case NAME_A_BOOTSTRAP ->
                "check that the sharing machine runs cairn in the same network, or name it with --bootstrap HOST:PORT";
            case CHECK_THE_HASH ->
                "check the hash, and with the command shares on the sharing machine that it is still offered";
            case CHECK_THE_SHARE ->
                "check with the command shares on the sharing machine that it is still offered, and run the same command"
                        + " again";
            case LIST_THE_SHARES -> "list its shares with: shares";
            case LIST_SHARES_AND_FETCHES -> "see what it has with: shares, fetches";
            case SHARE_THE_PART_AFTERWARDS ->
                "leave out either of them; a part can be shared by itself afterwards, with: share PATH";
            case LIST_THE_FETCHES -> "fetches shows how each of them stands";
            case WATCH_THE_FETCH -> "see how far it is with: fetches";
            case WAIT_FOR_THE_OWNER -> "try again when that is done; see how far it is with: fetches";
            case CHOOSE_A_TARGET_WITH_ROOM -> "make room or choose another place with -o; what was fetched is kept";
            case NAME_THE_TARGET -> "choose another place with -o, or use --overwrite or --rename";
            case NAME_THE_TARGET_OR_VERIFY ->
                "choose another place with -o, use --overwrite or --rename, or verify it when a machine that has it is there";
            case CHOOSE_OTHER_FILES -> "give a pattern that names one of these, or omit --only to fetch all";
            case RESUME_THE_FETCH -> "resume it, or run the same fetch again; fetches shows how it stands";
            case READ_IT_AGAIN -> "read it again with get, and give its sequence to --if-sequence";
            case CHECK_THE_NAME ->
                "check the name and the publisher's id (put prints both as NAME@PUBLISHER), and that its node runs";
            case ANNOUNCE_A_SERVICE ->
                "check the words, and with the command services on the announcing machine that it still announces it";
            case LIST_THE_SERVICES -> "list what this node announces with: services";
            case LIST_THE_CONTACTS -> "see the names with: contacts";
            case REPORT_THE_FAULT -> "run it again with -v and report what it says";
            case SEE_NEXT,
                    NODE_GONE,
                    CONTINUE_OR_END_THE_PROCESS,
                    MOVE_THE_STATE_AWAY,
                    RELEASE_THE_STATE,
                    MAKE_ROOM,
                    SET_THE_CLOCK,
                    CONNECT_THE_MACHINES,
                    MAKE_THE_PROVIDER_REACHABLE,
                    SHARE_AGAIN,
                    NOTHING_TO_DO,
                    WAIT_FOR_THE_REST,
                    VERIFY_THE_COPY,
                    UPDATE_THE_OLDER_VERSION,
                    FETCH_AGAIN -> advice.text();
        };
    }
}
