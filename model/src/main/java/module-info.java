/** The reference model: plain data, rules and the oracle. It does no I/O and depends on nothing at run time. */
module io.untorn.model {
    requires static org.jspecify;

    exports io.untorn.model;
    exports io.untorn.model.limits;
}
