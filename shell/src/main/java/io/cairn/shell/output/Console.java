package io.cairn.shell.output;

/** The terminal at which a person sits. */
@FunctionalInterface
public interface Console {
    int columns();

    /** The terminal may have another width from now on. */
    default void resized() {}

    /** From now on, what is typed does not appear among lines that are redrawn. The next program gets it. */
    default void hideTyping() {}

    /** The user answers a question: shows what is typed, until lines are redrawn again. */
    default void showAnswer() {}

    /** Shows again what is typed, from now on. */
    default void showTyping() {}
}
