import { createServer } from 'node:net';
import { codeOf } from './database.ts';
import { Fault } from './fault.ts';

/** Whether nobody listens on an address yet: asked before anything is set up, so that the answer comes at once. */
export async function portIsFree({ port, host }: { port: number; host: string }): Promise<boolean> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen({ port, host }, resolve);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return false;
    if (codeOf(error) === 'EACCES')
      throw new Fault(`Port ${port} may not be opened by this account; set PORT to one above 1023.`);
    throw new Fault(
      `HOST ${host} is not an address of this machine (${codeOf(error)}); set HOST to one that is.`,
    );
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}
