import { spawn } from 'node:child_process';

/** The program that opens an address in the user's browser, by platform. No shell reads the address. */
function opener(address: string): [string, string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', [address]];
    case 'win32':
      return ['rundll32', ['url.dll,FileProtocolHandler', address]];
    default:
      return ['xdg-open', [address]];
  }
}

/** Opens an address in the user's browser, which outlives this process. Returns why that failed, or null. */
export function openBrowser(address: string): Promise<string | null> {
  const [program, args] = opener(address);
  return new Promise(resolve => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('error', error => resolve(`${program} could not be started (${error.message})`));
    child.once('spawn', () => {
      child.unref();
      resolve(null);
    });
  });
}
