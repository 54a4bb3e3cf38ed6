import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { type Driver, NotInstalled } from './driver.ts';

const DRIVER = 'WebKitWebDriver';
const LIBRARIES = '/usr/lib';
/** Time limit for an expression. */
const SCRIPT_MS = 120_000;

/** The MiniBrowser of WebKitGTK, in the folder of its newest version. */
function findMiniBrowser(): string | null {
  const given = process.env.WEBKIT_PATH;
  if (given !== undefined && given !== '') return given;
  const folders = existsSync(LIBRARIES) ? readdirSync(LIBRARIES, { withFileTypes: true }) : [];
  const places = folders.filter(entry => entry.isDirectory()).map(({ name }) => `${LIBRARIES}/${name}`);
  return (
    [LIBRARIES, ...places]
      .flatMap(place =>
        ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].map(each => `${place}/${each}/MiniBrowser`),
      )
      .find(path => existsSync(path)) ?? null
  );
}

/** WebKitGTK, driven by classic WebDriver. Without a display, runs under Xvfb. */
export async function startWebKit(): Promise<Driver> {
  const browser = findMiniBrowser();
  if (browser === null || spawnSync(DRIVER, ['--version']).error !== undefined) {
    throw new NotInstalled(`no ${DRIVER} with a MiniBrowser found: Debian has both in webkit2gtk-driver`);
  }
  const needsDisplay = process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined;
  if (needsDisplay && spawnSync('xvfb-run', ['--help']).error !== undefined) {
    throw new NotInstalled('WebKitGTK needs a display, and there is no xvfb-run');
  }
  const port = await freePort();
  const [program, args] = needsDisplay
    ? ['xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', DRIVER, `--port=${port}`]]
    : [DRIVER, [`--port=${port}`]];
  // A process group of its own, so that everything it starts ends with it.
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  const ended = once(child, 'close');
  const close = async (session: string | null) => {
    if (session !== null) await call(port, 'DELETE', session).catch(() => undefined); // The session may already be gone.
    endGroup(child);
    await ended;
  };
  try {
    await answering(port, ended);
    const { sessionId, capabilities } = (await call(port, 'POST', '/session', {
      capabilities: {
        alwaysMatch: { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } },
      },
    })) as { sessionId: string; capabilities: { browserName: string; browserVersion: string } };
    const session = `/session/${sessionId}`;
    await call(port, 'POST', `${session}/timeouts`, { script: SCRIPT_MS });
    await call(port, 'POST', `${session}/window/rect`, { x: 0, y: 0, width: 1440, height: 900 });
    return {
      name: `WebKitGTK ${capabilities.browserVersion}`,
      open: async url => void (await call(port, 'POST', `${session}/url`, { url })),
      async evaluate(expression) {
        const script = `const done = arguments[arguments.length - 1];
          Promise.resolve().then(() => ${expression})
            .then(result => done({ json: JSON.stringify(result ?? null) }), error => done({ error: String(error) }));`;
        const { json, error } = (await call(port, 'POST', `${session}/execute/async`, {
          script,
          args: [],
        })) as {
          json?: string;
          error?: string;
        };
        if (json === undefined) throw new Error(error);
        return JSON.parse(json);
      },
      close: () => close(session),
    };
  } catch (error) {
    await close(null);
    throw error;
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid);
}

async function call(port: number, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: { message?: string } };
  if (!response.ok) throw new Error(value.message);
  return value;
}

/** Waits until the driver answers. */
async function answering(port: number, ended: Promise<unknown>): Promise<void> {
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  while (!isEnded) {
    const isThere = await call(port, 'GET', '/status').then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`${DRIVER} has ended`);
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
