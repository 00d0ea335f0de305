/**
 * Ends a process together with this one, however this one ends: even SIGKILL, after which nobody is left
 * to stop anything. A small shell holds the other end of a pipe that closes with this process.
 */
import { type ChildProcess, spawn } from 'node:child_process';

/** `child` leads a process group of its own. Without a POSIX shell it does nothing. */
export function endWithUs(child: ChildProcess): void {
  if (process.platform === 'win32' || child.pid === undefined) return;
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -s KILL -- "-$0"', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // What ends this process's group (Ctrl-C in a terminal) must not end the guard before it acted.
    detached: true,
  });
  // A machine that cannot start one more process shows it elsewhere.
  guard.on('error', () => {});
  guard.unref();
  // Node's own streams are sockets, which the types do not say.
  (guard.stdin as unknown as { unref(): void }).unref();
  child.once('close', () => guard.kill('SIGKILL'));
}
