package io.untorn.vm.build;

/** Follows a build. */
public interface BuildListener {
    /** Called with one line before a slow step. */
    void progress(String line);

    /**
     * Called when files were compiled.
     *
     * @param done how many so far
     * @param expected about how many there will be; 0 if unknown
     */
    void compiled(int done, int expected);
}
