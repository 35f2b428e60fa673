/** The reference model: plain data, rules and the oracle. It does no I/O and depends on nothing at run time. */
module io.untorn.model {
    requires static org.jspecify;

    exports io.untorn.model.console;
    exports io.untorn.model.contents;
    exports io.untorn.model.history;
    exports io.untorn.model.limits;
    exports io.untorn.model.operation;
    exports io.untorn.model.oracle;
    exports io.untorn.model.rule;
    exports io.untorn.model.rules;
    exports io.untorn.model.state;
    exports io.untorn.model.target;
}
