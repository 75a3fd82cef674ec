package io.cairn.control.server.answer;

import io.cairn.app.json.JsonObject;

/** Takes the lines of a long answer. Any thread; never waits. */
public interface LineSink {
    /** A line that is lost if the client does not read: it is told how many were. */
    void line(JsonObject line);

    /** The last line, which is never lost. Whatever comes after it is ignored. */
    void last(JsonObject line);
}
