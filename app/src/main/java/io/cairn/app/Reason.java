package io.cairn.app;

import java.util.Map;

/** The next step after a failure, for a program to switch on. Each has the facts that a face needs to word the step itself. */
public enum Reason {
    /** {@link CairnException#next()} says all there is to say. */
    SEE_NEXT,
    /** Facts: {@code option}, {@code value}, {@code variable}. */
    CORRECT_THE_SETTING,
    /** Facts: {@code path}. */
    CORRECT_THE_CONFIGURATION_FILE,
    /** Facts: {@code path}. */
    CHECK_THE_NETWORK_KEY,
    /** There is a key already. Facts: {@code network}. */
    REPLACE_THE_NETWORK_KEY,
    /** There are two keys already. Facts: {@code network}. */
    RETIRE_THE_NETWORK_KEY,
    /** No network of this name was joined here. Facts: {@code network}. */
    LIST_THE_NETWORKS,
    NAME_A_DATA_DIRECTORY,
    /** Another process uses this one. Facts: {@code path}, and {@code process}, empty if it is unknown. */
    USE_ANOTHER_DATA_DIRECTORY,
    /** A newer version wrote the state. Facts: {@code path}. */
    START_THE_NEWER_VERSION,
    /** The data directory holds no state. Facts: {@code path}. */
    START_A_NODE_THERE,
    /** Facts: {@code path}. */
    MAKE_THE_STATE_ACCESSIBLE,
    /** Facts: {@code path}. */
    MOVE_THE_STATE_AWAY,
    /** Another program holds it. Facts: {@code path}. */
    RELEASE_THE_STATE,
    /** The process that ran the node has ended, or does not answer. */
    NODE_GONE,
    /** A process holds the data directory and does not answer. Facts: {@code path}, and {@code process}, empty if it is unknown. */
    CONTINUE_OR_END_THE_PROCESS,
    /** Another version runs the node. Facts: {@code version}, {@code process}. */
    STOP_THE_OTHER_VERSION,
    /** The options contradict the node that runs. Facts: {@code option}, {@code value}, {@code process}. */
    STOP_THE_NODE,
    MAKE_ROOM,
    /** Facts: {@code port}. */
    CHOOSE_ANOTHER_PORT,
    /** Facts: {@code endpoint} or {@code address} of the node in another network. */
    JOIN_THE_SAME_NETWORK,
    /** Only a node that uses another network or key is heard. Facts: {@code address}. */
    GET_THE_NETWORK_KEY,
    /** Facts: {@code address}. */
    SET_THE_CLOCK,
    BOOTSTRAP_ANSWERS_NOT,
    NAME_A_BOOTSTRAP,
    CONNECT_THE_MACHINES,
    /** A provider's address or firewall is in the way. Facts: {@code endpoint}. */
    MAKE_THE_PROVIDER_REACHABLE,
    /** Facts: {@code hash}. */
    CHECK_THE_HASH,
    /** Facts: {@code hash}. */
    CHECK_THE_SHARE,
    /** Facts: {@code hash}. */
    SHARE_AGAIN,
    /** Facts: {@code hash}. */
    LIST_THE_SHARES,
    /** Neither shared nor fetched here. Facts: {@code hash}. */
    LIST_SHARES_AND_FETCHES,
    SHARE_THE_PART_AFTERWARDS,
    /** Facts: {@code hash}, {@code state}. */
    LIST_THE_FETCHES,
    /** A fetch of the same hash is running. Facts: {@code hash}. */
    WATCH_THE_FETCH,
    /** A fetch or repair of the same hash is running. Facts: {@code hash}. */
    WAIT_FOR_THE_OWNER,
    /** Facts: {@code hash}. */
    FETCH_AGAIN,
    CHOOSE_A_TARGET_WITH_ROOM,
    /** Facts: {@code path}. */
    NAME_THE_TARGET,
    /** Whether the target is the share is unknown. Facts: {@code hash}, {@code path}. */
    NAME_THE_TARGET_OR_VERIFY,
    /** Facts: {@code patterns}. */
    CHOOSE_OTHER_FILES,
    /** It goes on by itself, or is over. */
    NOTHING_TO_DO,
    /** No connected peer has the rest: a machine that has it must come back. Facts: {@code hash}. */
    WAIT_FOR_THE_REST,
    /** Its peers send wrong data. Facts: {@code hash}. */
    VERIFY_THE_COPY,
    /** It is paused or stopped. Facts: {@code hash}. */
    RESUME_THE_FETCH,
    /** Another version of the protocol is spoken there. Facts: {@code address}, {@code version}. */
    UPDATE_THE_OLDER_VERSION,
    /** A newer version was written. Facts: {@code sequence}. */
    READ_IT_AGAIN,
    /** Nobody has a value of this name. Facts: {@code name}. */
    CHECK_THE_NAME,
    /** Nobody announces such a service. Facts: {@code capabilities}. */
    ANNOUNCE_A_SERVICE,
    /** This node announces no such service. Facts: {@code id}. */
    LIST_THE_SERVICES,
    /** There is no such contact or group. Facts: {@code name}. */
    LIST_THE_CONTACTS,
    REPORT_THE_FAULT;

    /** @param text the step for a person, in no face's own words */
    public Advice says(String text) {
        return new Advice(this, text, Map.of());
    }
}
