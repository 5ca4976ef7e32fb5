/**
 * A mistake that only the operator can put right: a wrong setting, a port in use, a directory that cannot be
 * written. The message is one sentence that names the thing and the cure, holds no personal data, and is all
 * the operator sees: the command line prints it and exits with code 2, without a stack trace.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
}
