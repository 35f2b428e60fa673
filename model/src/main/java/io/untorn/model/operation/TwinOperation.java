package io.untorn.model.operation;

/** What is done to the twin alone: the rules of what it does to a file apply, in the state that the twin sees. */
public sealed interface TwinOperation permits TwinLoad, TwinWrite {
    /** Return what it is to the twin, which takes itself for the file. */
    Operation seen();
}
