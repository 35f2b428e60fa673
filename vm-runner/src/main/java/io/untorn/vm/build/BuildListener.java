package io.untorn.vm.build;

/** Is told how far a build is. */
public interface BuildListener {
    /** A line about what takes its time. */
    void told(String line);

    /**
     * Files were compiled.
     *
     * @param done how many so far
     * @param expected how many there will be, about; 0 if nothing is known of it
     */
    void compiled(int done, int expected);
}
