/* Before the command starts, the runtime of Rust opens /dev/null in the place of a closed standard output (`>&-`), and
 * everything that is written there would count as written. This runs earlier and puts a socket there that is connected to
 * nothing: writing to it fails, so that the command reports it like any other output that cannot be written.
 */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

__attribute__((constructor)) static void make_closed_stdout_fail(void)
{
    if (fcntl(STDOUT_FILENO, F_GETFD) != -1)
        return;
    int unconnected = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (unconnected != -1 && unconnected != STDOUT_FILENO) {
        dup2(unconnected, STDOUT_FILENO);
        close(unconnected);
    }
}
