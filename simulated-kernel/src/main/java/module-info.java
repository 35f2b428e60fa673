/** A kernel that runs in this JVM: real bytes, extents and an allocator, without I/O, with faults to seed. */
module io.untorn.simulated {
    requires static org.jspecify;
    requires transitive io.untorn.model;

    exports io.untorn.simulated;
}
