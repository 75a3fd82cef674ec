package io.cairn.control.http;

/** The names and limits of the control interface, the same for its server and its clients. */
public final class ControlApi {
    /** Starts every path but {@link #METRICS}. */
    public static final String PREFIX = "/v1";

    /** The figures in the text format of Prometheus. */
    public static final String METRICS = "/metrics";

    /** The version of the program: in every answer, and in every request of a Cairn client. */
    public static final String VERSION_HEADER = "cairn-version";

    /** Of the first byte of an excerpt, in the file. */
    public static final String OFFSET_HEADER = "cairn-offset";

    /** The length of the file that an excerpt is from, in bytes. */
    public static final String FILE_BYTES_HEADER = "cairn-file-bytes";

    /** One object, or an array of objects. */
    public static final String JSON = "application/json";

    /** One object a line; the last line is the result, or of type {@code error}. */
    public static final String JSON_LINES = "application/x-ndjson";

    /** Bytes of a file. */
    public static final String BYTES = "application/octet-stream";

    /** The info dictionary of a manifest. */
    public static final String MANIFEST = "application/x-bittorrent";

    /** Largest body of a request, in bytes: patterns and a magnet link fit. */
    public static final int BODY_BYTES_MAX = 64 << 10;

    /** Largest body of a repair, in bytes: it names each bad chunk and its files; enough for some 100,000 chunks. */
    public static final int REPAIR_BYTES_MAX = 16 << 20;

    /** In the data directory: the token that opens everything over TCP. */
    public static final String TOKEN_FILE = "control.token";

    /** In the data directory: the token that opens {@link #METRICS} over TCP. */
    public static final String METRICS_TOKEN_FILE = "metrics.token";

    private ControlApi() {}
}
