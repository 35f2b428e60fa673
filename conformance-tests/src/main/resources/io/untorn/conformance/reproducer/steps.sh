# outcome COMMAND...: run xfs_io and print the outcome: the number of bytes, an errno, the data read as runs of bytes,
# such as "4*8 0*4088", "killed by signal N", or "error: " and other messages. A killed process may still exist and hold
# the pipe, so nothing after that line is waited for.
outcome() {
    {
        "$@"
        status=$?
        [ "$status" -le 128 ] || echo "killed by signal $((status - 128))"
    } 2>&1 | sed '/^killed by signal /q' | awk '
        function digit(c) { return index("0123456789abcdef", c) - 1 }
        /^[0-9a-f]+:  / {
            sub(/^[0-9a-f]+:  /, "")
            sub(/  .*/, "")
            length_of_line = split($0, bytes, " ")
            for (i = 1; i <= length_of_line; i++) {
                byte = 16 * digit(substr(bytes[i], 1, 1)) + digit(substr(bytes[i], 2, 1))
                if (count && byte != last) { runs = runs last "*" count " "; count = 0 }
                last = byte
                count++
            }
            next
        }
        /^(wrote|read) [0-9]+\// { split($2, went, "/"); done = went[1]; next }
        / ops?; / { next }
        /^killed by signal / { killed = $0; next }
        /Operation not permitted$/ { errno = "EPERM" }
        /Interrupted system call$/ { errno = "EINTR" }
        /Input\/output error$/ { errno = "EIO" }
        /No such device or address$/ { errno = "ENXIO" }
        /Bad file descriptor$/ { errno = "EBADF" }
        /Resource temporarily unavailable$/ { errno = "EAGAIN" }
        /Cannot allocate memory$/ { errno = "ENOMEM" }
        /Permission denied$/ { errno = "EACCES" }
        /Bad address$/ { errno = "EFAULT" }
        /Device or resource busy$/ { errno = "EBUSY" }
        /Invalid cross-device link$/ { errno = "EXDEV" }
        /No such device$/ { errno = "ENODEV" }
        /Invalid argument$/ { errno = "EINVAL" }
        /Inappropriate ioctl for device$/ { errno = "ENOTTY" }
        /Text file busy$/ { errno = "ETXTBSY" }
        /File too large$/ { errno = "EFBIG" }
        /No space left on device$/ { errno = "ENOSPC" }
        /Read-only file system$/ { errno = "EROFS" }
        /Numerical result out of range$/ { errno = "ERANGE" }
        /No data available$/ { errno = "ENODATA" }
        /Value too large for defined data type$/ { errno = "EOVERFLOW" }
        /Operation not supported$/ { errno = "EOPNOTSUPP" }
        /Structure needs cleaning$/ { errno = "EUCLEAN" }
        /Remote I\/O error$/ { errno = "EREMOTEIO" }
        { said = said $0 " " }
        END {
            if (killed) print killed
            else if (errno) print errno
            else if (count) print runs last "*" count
            else if (said) print "error: " said
            else print done + 0
        }'
}

# check STEP WORDS EXPECTED GOT PERMITTED...: print the outcome of a step, and return whether it is permitted.
check() {
    step=$1 words=$2 expected=$3 got=$4
    shift 4
    case $got in
        '' | error:*) give_up "step $step, $words: ${got:-awk printed nothing}" ;;
    esac
    fits=1
    for permitted; do
        case $permitted in
            "$got") fits=0 ;;
            anything) case $got in killed*) ;; *) fits=0 ;; esac ;;
            error) case $got in E*) fits=0 ;; esac ;;
            not:*) case $got in killed*) ;; *) [ "$permitted" = "not:$got" ] || fits=0 ;; esac ;;
        esac
    done
    if [ "$fits" -eq 0 ]; then
        print_expected "$step" "$words" "$expected" "$got"
    else
        print_unexpected "$step" "$words" "$expected" "$got"
    fi
    return "$fits"
}
